//! The operations of a collection within a transaction.

use std::{borrow::Borrow, fmt};

use mongodb::bson::Document as Dynamic;

use crate::{
    Collection, Session,
    action::{
        Aggregate, BulkWrite, Count, Delete, Distinct, DistinctValue, Find, FindOne, FindOneAndDelete,
        FindOneAndReplace, FindOneAndUpdate, FindOrInsert, Get, Insert, InsertMany, Replace, Track,
        UpdateMany, UpdateOne, Write,
    },
    admin::Row,
    filter::{Filter, IntoValue},
    model::{Document, IntoKey, KeyFields, ReadWrite, Record, UniqueKey},
    path::{Field, Readable},
    update::{BesideKey, IntoUpdate},
};

/// A collection whose operations are part of a transaction; see [`Transaction::collection`](super::Transaction::collection).
///
/// They are those of [`Collection`] that a server runs in a transaction, one for each `tx.collection::<D>()`. What is not on
/// a collection takes part by `.session(tx.session())`: the save of a [`Tracked`](crate::Tracked), GridFS, bulk writes over
/// several collections, commands.
#[must_use = "it does nothing by itself: call an operation"]
pub struct InTransaction<'t, D> {
    collection: Collection<D>,
    session: &'t mut Session,
}

impl<'t, D: Record> InTransaction<'t, D> {
    pub(super) fn new(collection: Collection<D>, session: &'t mut Session) -> Self {
        Self { collection, session }
    }
}

/// The methods of a collection, in the session.
macro_rules! bound {
    ($($method:ident<$($generic:ident),*>($($name:ident: $argument:ty),*) -> $action:ty $(where [$($bounds:tt)*])?;)*) => {$(
        #[doc = concat!("See [`Collection::", stringify!($method), "`].")]
        pub fn $method<$($generic),*>(self, $($name: $argument),*) -> $action
        where
            $($($bounds)*)?
        {
            self.collection.$method($($name),*).session(self.session)
        }
    )*};
}

impl<'t, D: Record> InTransaction<'t, D> {
    bound! {
        insert<>(document: &'t D) -> Insert<'t, D> where [D: ReadWrite];
        insert_many<I>(documents: I) -> InsertMany<'t, D, I::IntoIter> where [D: ReadWrite, I: IntoIterator, I::Item: Borrow<D>];
        bulk_write<I>(writes: I) -> BulkWrite<'t, D> where [D: ReadWrite, I: IntoIterator<Item = Write<D>>];
        find<>(filter: Filter<D>) -> Find<'t, D>;
        find_one<>(filter: Filter<D>) -> FindOne<'t, D>;
        get<V>(id: V) -> Get<'t, D> where [V: IntoValue<D::Id>];
        track<V>(id: V) -> Track<'t, D> where [D: ReadWrite, V: IntoValue<D::Id>];
        count<>(filter: Filter<D>) -> Count<'t, D>;
        distinct<T, P>(field: Field<D, T, P>, filter: Filter<D>) -> Distinct<'t, D, T::Value>
            where [T: DistinctValue, P: Readable];
        update_one<U>(filter: Filter<D>, update: U) -> UpdateOne<'t, D> where [D: ReadWrite, U: IntoUpdate<D>];
        update_many<U>(filter: Filter<D>, update: U) -> UpdateMany<'t, D> where [D: ReadWrite, U: IntoUpdate<D>];
        find_one_and_update<U>(filter: Filter<D>, update: U) -> FindOneAndUpdate<'t, D> where [D: ReadWrite, U: IntoUpdate<D>];
        find_one_and_replace<>(filter: Filter<D>, replacement: &'t D) -> FindOneAndReplace<'t, D> where [D: ReadWrite];
        find_one_and_delete<>(filter: Filter<D>) -> FindOneAndDelete<'t, D> where [D: ReadWrite];
        replace_one<>(filter: Filter<D>, replacement: &'t D) -> Replace<'t, D> where [D: ReadWrite];
        delete_one<>(filter: Filter<D>) -> Delete<'t, D> where [D: ReadWrite];
        delete_many<>(filter: Filter<D>) -> Delete<'t, D> where [D: ReadWrite];
        delete_all<>() -> Delete<'t, D> where [D: ReadWrite];
        aggregate<>() -> Aggregate<'t, D>;
        aggregate_raw<T, I>(pipeline: I) -> Aggregate<'t, D, T> where [T: Row, I: IntoIterator<Item = Dynamic>];
    }
}

impl<'t, D: Document> InTransaction<'t, D> {
    bound! {
        get_by<K, V>(key: K, value: V) -> Get<'t, D>
            where [K: KeyFields<D>, D: UniqueKey<K::Places>, V: IntoKey<K::Types>];
        upsert_by<K, V, U>(key: K, value: V, changes: U) -> UpdateOne<'t, D>
            where [D: ReadWrite, K: KeyFields<D>, D: UniqueKey<K::Places>, V: IntoKey<K::Types>, U: IntoUpdate<D> + BesideKey<D, K>];
        find_or_insert_by<K, V, F>(key: K, value: V, make: F) -> FindOrInsert<'t, D, F>
            where [D: ReadWrite, K: KeyFields<D>, D: UniqueKey<K::Places>, V: IntoKey<K::Types>, F: FnOnce() -> D];
    }
}

impl<D> fmt::Debug for InTransaction<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InTransaction").field(&self.collection).finish()
    }
}
