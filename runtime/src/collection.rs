//! A typed collection: the operations of a model.

mod settings;
mod unique;

use std::{borrow::Borrow, marker::PhantomData};

use futures_util::future::BoxFuture;
use mongodb::bson::RawDocumentBuf;

use crate::{
    action::{
        Aggregate, BulkWrite, Count, Delete, Distinct, DistinctValue, DropCollection, EstimatedCount, Find,
        FindOne, FindOneAndDelete, FindOneAndReplace, FindOneAndUpdate, Get, Insert, InsertMany, Replace,
        Run, Track, UpdateMany, UpdateOne, Watch, Write,
    },
    change_stream::Event,
    client::{Operation, Scope, Watched},
    error::Result,
    filter::{Filter, IntoValue},
    index::SyncIndexes,
    model::{Document, ReadWrite, Record},
    path::{Field, Readable},
    pipeline::Pipeline,
    tracked::Tracked,
    update::IntoUpdate,
};

/// The collection of a model `D`; cheap to clone.
///
/// Every method gives an action: options are set on it by chained methods, and `.await` runs it. Nothing is sent
/// before. An action takes part in a session by `.session(&mut session)`.
///
/// A dropped future stops waiting; whether a write that was under way is carried out is then not known.
pub struct Collection<D> {
    /// Raw on purpose: documents are encoded and decoded here, not by the driver.
    inner: mongodb::Collection<RawDocumentBuf>,
    scope: Scope,
    document: PhantomData<fn() -> D>,
}

impl<D> Collection<D> {
    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    pub(crate) fn scope_mut(&mut self) -> &mut Scope {
        &mut self.scope
    }

    /// The same collection, its documents taken as they are.
    pub(crate) fn untyped(&self) -> Collection<mongodb::bson::Document> {
        self.retyped()
    }

    /// The same collection, its documents taken as another type.
    pub(crate) fn retyped<E>(&self) -> Collection<E> {
        Collection { inner: self.inner.clone(), scope: self.scope.clone(), document: PhantomData }
    }

    /// Runs an operation under what is set on the collection.
    pub(crate) fn scoped<'a, T>(&self, name: &'static str, work: BoxFuture<'a, Result<T>>) -> Watched<'a, T> {
        let (database, collection) = (self.inner.namespace().db, self.inner.name());
        self.scope.watch(Operation { name, database: &database, collection: Some(collection) }, work)
    }
}

impl<D: Record> Collection<D> {
    pub(crate) fn new(inner: mongodb::Collection<RawDocumentBuf>, scope: Scope) -> Self {
        Self { inner, scope, document: PhantomData }
    }

    /// The name, without the database.
    #[must_use]
    pub fn name(&self) -> &str {
        self.inner.name()
    }

    /// The driver's collection.
    #[must_use]
    pub fn inner(&self) -> &mongodb::Collection<RawDocumentBuf> {
        &self.inner
    }

    /// Inserts a document and gives its `_id`.
    pub fn insert<'a>(&self, document: &'a D) -> Insert<'a, D>
    where
        D: ReadWrite,
    {
        Insert::new(self, document)
    }

    /// Inserts many documents and gives their `_id`s in the same order.
    pub fn insert_many<'a, I>(&self, documents: I) -> InsertMany<'a, D, I::IntoIter>
    where
        D: ReadWrite,
        I: IntoIterator,
        I::Item: Borrow<D>,
    {
        InsertMany::new(self, documents.into_iter())
    }

    /// Carries out many writes of any kinds in few messages.
    pub fn bulk_write<'a>(&self, writes: impl IntoIterator<Item = Write<D>>) -> BulkWrite<'a, D>
    where
        D: ReadWrite,
    {
        BulkWrite::new(self, writes)
    }

    /// Finds documents: await it for a `Vec`, or end it with `first()`, `one()` or `cursor()`.
    pub fn find<'a>(&self, filter: Filter<D>) -> Find<'a, D> {
        Find::new(self, filter)
    }

    /// The first document that matches, or `None`.
    pub fn find_one<'a>(&self, filter: Filter<D>) -> FindOne<'a, D> {
        FindOne::new(self, filter)
    }

    /// The document with this `_id`, or `None`.
    pub fn get<'a, V: IntoValue<D::Id>>(&self, id: V) -> Get<'a, D> {
        Get::new(self, id.into_bson())
    }

    /// Reads the document with this `_id` to change it: gives a [`Tracked`], or `None`.
    pub fn track<'a, V: IntoValue<D::Id>>(&self, id: V) -> Track<'a, D>
    where
        D: ReadWrite,
    {
        Track::new(self, id.into_bson())
    }

    /// Tracks a document from here on, which is taken to be stored as it is now.
    ///
    /// # Errors
    ///
    /// When a value in it cannot be stored.
    pub fn tracked(&self, document: D) -> Result<Tracked<D>>
    where
        D: ReadWrite,
    {
        Tracked::new(self, document)
    }

    /// A pipeline over the collection: add stages to it, or a whole [`Pipeline`] by [`then`](Pipeline::then).
    pub fn aggregate<'a>(&self) -> Aggregate<'a, D> {
        Pipeline::attached(Run::on_collection(self))
    }

    /// Watches the collection: await it for a [`ChangeStream`](crate::ChangeStream) of what happens from then on.
    ///
    /// In a collection of several models, events that show a document of another model do not come. Updates and deletes
    /// show none unless the stream asks for it, by [`full_document`](Watch::full_document) and
    /// [`before_change`](Watch::before_change): without it, those of every model come.
    pub fn watch<'a>(&self) -> Watch<'a, Event<D>> {
        Watch::on_collection(self)
    }

    /// Counts the documents that match.
    pub fn count<'a>(&self, filter: Filter<D>) -> Count<'a, D> {
        Count::new(self, filter)
    }

    /// The different values of a field among the documents that match, in no order.
    ///
    /// A field that is an array gives its elements, an optional one the values that are there: null is left out.
    pub fn distinct<'a, T: DistinctValue, P: Readable>(
        &self,
        field: Field<D, T, P>,
        filter: Filter<D>,
    ) -> Distinct<'a, D, T::Value> {
        Distinct::new(self, field.path(), filter, T::read)
    }

    /// How many documents the collection has, by its metadata: fast, and off after an unclean shutdown or on shards.
    pub fn estimated_count(&self) -> EstimatedCount<D> {
        EstimatedCount::new(self)
    }

    /// Changes the first document that matches.
    pub fn update_one<'a, U: IntoUpdate<D>>(&self, filter: Filter<D>, update: U) -> UpdateOne<'a, D>
    where
        D: ReadWrite,
    {
        const { U::DISJOINT }
        UpdateOne::new(self, filter, update.into_update())
    }

    /// Changes every document that matches.
    pub fn update_many<'a, U: IntoUpdate<D>>(&self, filter: Filter<D>, update: U) -> UpdateMany<'a, D>
    where
        D: ReadWrite,
    {
        const { U::DISJOINT }
        UpdateMany::new(self, filter, update.into_update())
    }

    /// Replaces the first document that matches. Its `_id` cannot change: the replacement must have the same or none.
    pub fn replace_one<'a>(&self, filter: Filter<D>, replacement: &'a D) -> Replace<'a, D>
    where
        D: ReadWrite,
    {
        Replace::new(self, filter, replacement)
    }

    /// Deletes the first document that matches.
    pub fn delete_one<'a>(&self, filter: Filter<D>) -> Delete<'a, D>
    where
        D: ReadWrite,
    {
        Delete::new(self, filter, false)
    }

    /// Deletes every document that matches.
    pub fn delete_many<'a>(&self, filter: Filter<D>) -> Delete<'a, D>
    where
        D: ReadWrite,
    {
        Delete::new(self, filter, true)
    }

    /// Deletes every document of the collection; its indexes stay.
    pub fn delete_all<'a>(&self) -> Delete<'a, D>
    where
        D: ReadWrite,
    {
        Delete::new(self, Filter::everything(), true)
    }

    /// Changes the first document that matches and gives it as it was before, or as it is after.
    pub fn find_one_and_update<'a, U: IntoUpdate<D>>(
        &self,
        filter: Filter<D>,
        update: U,
    ) -> FindOneAndUpdate<'a, D>
    where
        D: ReadWrite,
    {
        const { U::DISJOINT }
        FindOneAndUpdate::new(self, filter, update.into_update())
    }

    /// Replaces the first document that matches and gives it as it was before, or as it is after.
    pub fn find_one_and_replace<'a>(&self, filter: Filter<D>, replacement: &'a D) -> FindOneAndReplace<'a, D>
    where
        D: ReadWrite,
    {
        FindOneAndReplace::new(self, filter, replacement)
    }

    /// Deletes the first document that matches and gives it.
    pub fn find_one_and_delete<'a>(&self, filter: Filter<D>) -> FindOneAndDelete<'a, D>
    where
        D: ReadWrite,
    {
        FindOneAndDelete::new(self, filter)
    }

    /// Removes the collection with its indexes; one that is not there is no error.
    pub fn drop<'a>(&self) -> DropCollection<'a, D> {
        DropCollection::new(self)
    }
}

impl<D: Document> Collection<D> {
    /// Brings the indexes on the server in line with those declared on the model; see [`SyncIndexes`].
    pub fn sync_indexes(&self) -> SyncIndexes<D> {
        SyncIndexes::new(self)
    }
}

impl<D> Clone for Collection<D> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), scope: self.scope.clone(), document: PhantomData }
    }
}

impl<D> std::fmt::Debug for Collection<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Collection").field(&self.inner.namespace().to_string()).finish()
    }
}
