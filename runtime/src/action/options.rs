//! The options that several actions share: each has its setter and its text here, once.

/// Setters of the named options on an action with a field `options`.
macro_rules! setters {
    ($($option:ident)*) => { $( $crate::action::options::setter!($option); )* };
}

macro_rules! setter {
    (session) => {
        /// Runs the operation in a session, and in its transaction where one is open.
        pub fn session(mut self, session: &'a mut $crate::Session) -> Self {
            self.session = Some(session);
            self
        }
    };
    (allow_disk_use) => {
        /// Lets the server sort in temporary files when memory (100 MiB) is not enough.
        pub fn allow_disk_use(mut self, allow: bool) -> Self {
            self.options.allow_disk_use = Some(allow);
            self
        }
    };
    (allow_partial_results) => {
        /// On a sharded cluster, takes what the shards that answer have, instead of failing.
        pub fn allow_partial_results(mut self, allow: bool) -> Self {
            self.options.allow_partial_results = Some(allow);
            self
        }
    };
    (array_filters) => {
        /// Which elements `$[name]` in raw updates stands for; one document for each name.
        pub fn array_filters(mut self, filters: impl IntoIterator<Item = mongodb::bson::Document>) -> Self {
            self.options.array_filters = Some(filters.into_iter().collect());
            self
        }
    };
    (batch_size) => {
        /// How many documents the server puts into one reply; the default is 101 for the first one, then as many as
        /// fit into 16 MiB.
        pub fn batch_size(mut self, documents: u32) -> Self {
            self.options.batch_size = Some(documents);
            self
        }
    };
    (bypass_document_validation) => {
        /// Skips the collection's validator. The user needs the right to do so.
        pub fn bypass_document_validation(mut self, bypass: bool) -> Self {
            self.options.bypass_document_validation = Some(bypass);
            self
        }
    };
    (collation) => {
        /// How strings are compared: language, case, accents. An index serves the operation only with the same one.
        pub fn collation(mut self, collation: mongodb::options::Collation) -> Self {
            self.options.collation = Some(collation);
            self
        }
    };
    (comment) => {
        /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
        pub fn comment(mut self, comment: impl Into<mongodb::bson::Bson>) -> Self {
            self.options.comment = Some(comment.into());
            self
        }
    };
    (cursor_type) => {
        /// Keeps the cursor open at the end of a capped collection, to go on when documents are added.
        pub fn cursor_type(mut self, kind: mongodb::options::CursorType) -> Self {
            self.options.cursor_type = Some(kind);
            self
        }
    };
    (hint) => {
        /// The index to use: a variant of the model's index enum, a name, or a document of keys.
        pub fn hint(mut self, index: impl $crate::action::IntoHint) -> Self {
            self.options.hint = Some(index.into_hint());
            self
        }
    };
    (let_vars) => {
        /// Variables for expressions in the operation (`$$name`).
        pub fn let_vars(mut self, variables: mongodb::bson::Document) -> Self {
            self.options.let_vars = Some(variables);
            self
        }
    };
    (max) => {
        /// The first key, in the order of the hinted index, that is not read any more.
        pub fn max(mut self, keys: mongodb::bson::Document) -> Self {
            self.options.max = Some(keys);
            self
        }
    };
    (max_await_time) => {
        /// How long the server waits for new documents before it answers a tailable cursor.
        pub fn max_await_time(mut self, time: std::time::Duration) -> Self {
            self.options.max_await_time = Some(time);
            self
        }
    };
    (max_time) => {
        /// How long the server may work on it; beyond that the operation fails with a
        /// [timeout](crate::Error::is_timeout).
        pub fn max_time(mut self, time: std::time::Duration) -> Self {
            self.options.max_time = Some(time);
            self
        }
    };
    (min) => {
        /// The first key, in the order of the hinted index, that is read.
        pub fn min(mut self, keys: mongodb::bson::Document) -> Self {
            self.options.min = Some(keys);
            self
        }
    };
    (no_cursor_timeout) => {
        /// Keeps an idle cursor open beyond the server's 10 minutes; the session still ends after 30.
        pub fn no_cursor_timeout(mut self, keep: bool) -> Self {
            self.options.no_cursor_timeout = Some(keep);
            self
        }
    };
    (ordered) => {
        /// Whether to stop at the first error (true, the default) or to try every document.
        pub fn ordered(mut self, ordered: bool) -> Self {
            self.options.ordered = Some(ordered);
            self
        }
    };
    (read_concern) => {
        /// How settled the data must be that is read.
        pub fn read_concern(mut self, concern: mongodb::options::ReadConcern) -> Self {
            self.options.read_concern = Some(concern);
            self
        }
    };
    (selection_criteria) => {
        /// Which server to read from: a read preference, or a rule of your own.
        pub fn selection_criteria(
            mut self,
            criteria: impl Into<mongodb::options::SelectionCriteria>,
        ) -> Self {
            self.options.selection_criteria = Some(criteria.into());
            self
        }
    };
    (skip) => {
        /// How many of the documents that match are passed over first.
        pub fn skip(mut self, documents: u64) -> Self {
            self.options.skip = Some(documents);
            self
        }
    };
    (sort) => {
        /// The order: a key, or a tuple of keys. Of several matches, an operation on one document takes the first.
        pub fn sort(mut self, sort: impl $crate::sort::IntoSort<D>) -> Self {
            self.options.sort = Some($crate::sort::to_document(sort));
            self
        }
    };
    (upsert) => {
        /// Inserts a document, made of the filter's equalities and the change, when none matches.
        pub fn upsert(mut self, upsert: bool) -> Self {
            self.options.upsert = Some(upsert);
            self
        }
    };
    (write_concern) => {
        /// How many servers must have the write before it counts as done.
        pub fn write_concern(mut self, concern: mongodb::options::WriteConcern) -> Self {
            self.options.write_concern = Some(concern);
            self
        }
    };
}

pub(crate) use {setter, setters};
