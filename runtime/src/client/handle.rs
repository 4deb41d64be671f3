//! The settings that a database and a collection have of their own.

/// Settings and getters on a handle with the fields `inner` and `scope` and a method `with`, which changes its options.
macro_rules! settings {
    ($handle:literal) => {
        #[doc = concat!("This ", $handle, ", with another read concern: how settled data must be that is read.")]
        #[must_use]
        pub fn with_read_concern(&self, concern: mongodb::options::ReadConcern) -> Self {
            self.with(|options| options.read_concern = Some(concern))
        }

        #[doc = concat!("This ", $handle, ", read from other servers: by a read preference, or a rule of your own.")]
        #[must_use]
        pub fn with_selection_criteria(&self, criteria: impl Into<mongodb::options::SelectionCriteria>) -> Self {
            self.with(|options| options.selection_criteria = Some(criteria.into()))
        }

        #[doc = concat!("This ", $handle, ", with another write concern: how many servers must have a write before it counts as done.")]
        #[must_use]
        pub fn with_write_concern(&self, concern: mongodb::options::WriteConcern) -> Self {
            self.with(|options| options.write_concern = Some(concern))
        }

        #[doc = concat!("This ", $handle, ", with a limit on the time of each operation; zero is none. See")]
        /// [`ClientBuilder::timeout`](crate::client::ClientBuilder::timeout).
        #[must_use]
        pub fn with_timeout(&self, limit: std::time::Duration) -> Self {
            let mut handle = self.clone();
            handle.scope.set_timeout(limit);
            handle
        }

        /// The read concern; `None` leaves it to the server.
        #[must_use]
        pub fn read_concern(&self) -> Option<&mongodb::options::ReadConcern> {
            self.inner.read_concern()
        }

        /// Which servers are read from; `None` is the primary.
        #[must_use]
        pub fn selection_criteria(&self) -> Option<&mongodb::options::SelectionCriteria> {
            self.inner.selection_criteria()
        }

        /// The write concern; `None` leaves it to the server.
        #[must_use]
        pub fn write_concern(&self) -> Option<&mongodb::options::WriteConcern> {
            self.inner.write_concern()
        }

        /// The limit on the time of each operation; `None` is without.
        #[must_use]
        pub fn timeout(&self) -> Option<std::time::Duration> {
            self.scope.timeout()
        }
    };
}

/// The options that a handle has now, changed.
macro_rules! changed {
    ($options:ty, $handle:expr, $change:expr) => {{
        let mut options = <$options>::default();
        options.read_concern = $handle.read_concern().cloned();
        options.selection_criteria = $handle.selection_criteria().cloned();
        options.write_concern = $handle.write_concern().cloned();
        $change(&mut options);
        options
    }};
}

pub(crate) use {changed, settings};
