//! What a collection has of its own: read and write settings, a limit on time.

use std::time::Duration;

use mongodb::options::{CollectionOptions, ReadConcern, SelectionCriteria, WriteConcern};

use super::Collection;
use crate::model::Record;

impl<D: Record> Collection<D> {
    /// This collection, with another read concern: how settled data must be that is read.
    #[must_use]
    pub fn with_read_concern(&self, concern: ReadConcern) -> Self {
        self.with(|options| options.read_concern = Some(concern))
    }

    /// This collection, read from other servers: by a read preference, or a rule of your own.
    #[must_use]
    pub fn with_selection_criteria(&self, criteria: impl Into<SelectionCriteria>) -> Self {
        self.with(|options| options.selection_criteria = Some(criteria.into()))
    }

    /// This collection, with another write concern: how many servers must have a write before it counts as done.
    #[must_use]
    pub fn with_write_concern(&self, concern: WriteConcern) -> Self {
        self.with(|options| options.write_concern = Some(concern))
    }

    /// This collection, with a limit on the time of each operation; zero is none. See
    /// [`ClientBuilder::timeout`](crate::client::ClientBuilder::timeout).
    #[must_use]
    pub fn with_timeout(&self, limit: Duration) -> Self {
        let mut collection = self.clone();
        collection.scope.set_timeout(limit);
        collection
    }

    /// The read concern; `None` leaves it to the server.
    #[must_use]
    pub fn read_concern(&self) -> Option<&ReadConcern> {
        self.inner.read_concern()
    }

    /// Which servers are read from; `None` is the primary.
    #[must_use]
    pub fn selection_criteria(&self) -> Option<&SelectionCriteria> {
        self.inner.selection_criteria()
    }

    /// The write concern; `None` leaves it to the server.
    #[must_use]
    pub fn write_concern(&self) -> Option<&WriteConcern> {
        self.inner.write_concern()
    }

    /// The limit on the time of each operation; `None` is without.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.scope.timeout()
    }

    fn with(&self, change: impl FnOnce(&mut CollectionOptions)) -> Self {
        let mut options = CollectionOptions::default();
        options.read_concern = self.read_concern().cloned();
        options.selection_criteria = self.selection_criteria().cloned();
        options.write_concern = self.write_concern().cloned();
        change(&mut options);
        let database = self.inner.client().database(&self.inner.namespace().db);
        let inner = database.collection_with_options(self.name(), options);
        Self { inner, scope: self.scope.clone(), document: self.document }
    }
}
