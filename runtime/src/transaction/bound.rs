//! The operations of a collection within a transaction.

mod unique;

use std::{borrow::Borrow, fmt};

use crate::{
    Collection, Session,
    action::{
        Count, Delete, Distinct, DistinctValue, Find, FindOne, FindOneAndDelete, FindOneAndReplace,
        FindOneAndUpdate, Get, Insert, InsertMany, Replace, Track, UpdateMany, UpdateOne,
    },
    filter::{Filter, IntoValue},
    model::{ReadWrite, Record},
    path::{Field, Readable},
    update::IntoUpdate,
};

/// A collection whose operations are part of a transaction; see [`Transaction::collection`](super::Transaction::collection).
///
/// They are those of [`Collection`], one for each `tx.collection::<D>()`. An operation that is missing here takes part by
/// `.session(tx.session())`.
#[must_use = "it does nothing by itself: call an operation"]
pub struct InTransaction<'t, D> {
    collection: Collection<D>,
    session: &'t mut Session,
}

impl<'t, D: Record> InTransaction<'t, D> {
    pub(super) fn new(collection: Collection<D>, session: &'t mut Session) -> Self {
        Self { collection, session }
    }

    /// See [`Collection::insert`].
    pub fn insert<'a>(self, document: &'a D) -> Insert<'a, D>
    where
        D: ReadWrite,
        't: 'a,
    {
        self.collection.insert(document).session(self.session)
    }

    /// See [`Collection::insert_many`].
    pub fn insert_many<I>(self, documents: I) -> InsertMany<'t, D, I::IntoIter>
    where
        D: ReadWrite,
        I: IntoIterator,
        I::Item: Borrow<D>,
    {
        self.collection.insert_many(documents).session(self.session)
    }

    /// See [`Collection::find`].
    pub fn find(self, filter: Filter<D>) -> Find<'t, D> {
        self.collection.find(filter).session(self.session)
    }

    /// See [`Collection::find_one`].
    pub fn find_one(self, filter: Filter<D>) -> FindOne<'t, D> {
        self.collection.find_one(filter).session(self.session)
    }

    /// See [`Collection::get`].
    pub fn get<V: IntoValue<D::Id>>(self, id: V) -> Get<'t, D> {
        self.collection.get(id).session(self.session)
    }

    /// See [`Collection::track`].
    pub fn track<V: IntoValue<D::Id>>(self, id: V) -> Track<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.track(id).session(self.session)
    }

    /// See [`Collection::distinct`].
    pub fn distinct<T: DistinctValue, P: Readable>(
        self,
        field: Field<D, T, P>,
        filter: Filter<D>,
    ) -> Distinct<'t, D, T::Value> {
        self.collection.distinct(field, filter).session(self.session)
    }

    /// See [`Collection::count`].
    pub fn count(self, filter: Filter<D>) -> Count<'t, D> {
        self.collection.count(filter).session(self.session)
    }

    /// See [`Collection::update_one`].
    pub fn update_one<U: IntoUpdate<D>>(self, filter: Filter<D>, update: U) -> UpdateOne<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.update_one(filter, update).session(self.session)
    }

    /// See [`Collection::update_many`].
    pub fn update_many<U: IntoUpdate<D>>(self, filter: Filter<D>, update: U) -> UpdateMany<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.update_many(filter, update).session(self.session)
    }

    /// See [`Collection::find_one_and_update`].
    pub fn find_one_and_update<U: IntoUpdate<D>>(
        self,
        filter: Filter<D>,
        update: U,
    ) -> FindOneAndUpdate<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.find_one_and_update(filter, update).session(self.session)
    }

    /// See [`Collection::find_one_and_replace`].
    pub fn find_one_and_replace<'a>(self, filter: Filter<D>, replacement: &'a D) -> FindOneAndReplace<'a, D>
    where
        D: ReadWrite,
        't: 'a,
    {
        self.collection.find_one_and_replace(filter, replacement).session(self.session)
    }

    /// See [`Collection::find_one_and_delete`].
    pub fn find_one_and_delete(self, filter: Filter<D>) -> FindOneAndDelete<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.find_one_and_delete(filter).session(self.session)
    }

    /// See [`Collection::replace_one`].
    pub fn replace_one<'a>(self, filter: Filter<D>, replacement: &'a D) -> Replace<'a, D>
    where
        D: ReadWrite,
        't: 'a,
    {
        self.collection.replace_one(filter, replacement).session(self.session)
    }

    /// See [`Collection::delete_one`].
    pub fn delete_one(self, filter: Filter<D>) -> Delete<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.delete_one(filter).session(self.session)
    }

    /// See [`Collection::delete_many`].
    pub fn delete_many(self, filter: Filter<D>) -> Delete<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.delete_many(filter).session(self.session)
    }

    /// See [`Collection::delete_all`].
    pub fn delete_all(self) -> Delete<'t, D>
    where
        D: ReadWrite,
    {
        self.collection.delete_all().session(self.session)
    }
}

impl<D> fmt::Debug for InTransaction<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InTransaction").field(&self.collection).finish()
    }
}
