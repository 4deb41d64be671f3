//! What a database has of its own: read and write settings, a limit on time.

use std::time::Duration;

use mongodb::options::{DatabaseOptions, ReadConcern, SelectionCriteria, WriteConcern};

use super::Database;

impl Database {
    /// This database, with another read concern: how settled data must be that is read.
    #[must_use]
    pub fn with_read_concern(&self, concern: ReadConcern) -> Self {
        self.with(|options| options.read_concern = Some(concern))
    }

    /// This database, read from other servers: by a read preference, or a rule of your own.
    #[must_use]
    pub fn with_selection_criteria(&self, criteria: impl Into<SelectionCriteria>) -> Self {
        self.with(|options| options.selection_criteria = Some(criteria.into()))
    }

    /// This database, with another write concern: how many servers must have a write before it counts as done.
    #[must_use]
    pub fn with_write_concern(&self, concern: WriteConcern) -> Self {
        self.with(|options| options.write_concern = Some(concern))
    }

    /// This database, with a limit on the time of each operation; zero is none. See
    /// [`ClientBuilder::timeout`](crate::client::ClientBuilder::timeout).
    #[must_use]
    pub fn with_timeout(&self, limit: Duration) -> Self {
        let mut database = self.clone();
        database.scope.set_timeout(limit);
        database
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

    fn with(&self, change: impl FnOnce(&mut DatabaseOptions)) -> Self {
        let mut options = DatabaseOptions::default();
        options.read_concern = self.read_concern().cloned();
        options.selection_criteria = self.selection_criteria().cloned();
        options.write_concern = self.write_concern().cloned();
        change(&mut options);
        let inner = self.inner.client().database_with_options(self.name(), options);
        Self { inner, scope: self.scope.clone() }
    }
}
