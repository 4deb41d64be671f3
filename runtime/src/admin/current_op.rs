//! What the server is doing.

use mongodb::bson::{Document, doc};

use super::awaitable;
use crate::{Client, error::Result};

impl Client {
    /// The operations that are running on the server, one document each, as the server's manual describes `$currentOp`.
    pub fn current_op(&self) -> CurrentOp {
        CurrentOp { client: self.clone(), source: Document::new(), filter: None }
    }
}

/// Lists running operations; see [`Client::current_op`].
///
/// # Errors
///
/// When the user lacks the right to see them (`inprog`), or the server cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct CurrentOp {
    client: Client,
    source: Document,
    filter: Option<Document>,
}

impl CurrentOp {
    /// Also those of other users; otherwise, only one's own.
    pub fn all_users(self, all: bool) -> Self {
        self.with("allUsers", all)
    }

    /// Also connections that do nothing.
    pub fn idle_connections(self, idle: bool) -> Self {
        self.with("idleConnections", idle)
    }

    /// Also sessions that wait within a transaction (true on the server unless set).
    pub fn idle_sessions(self, idle: bool) -> Self {
        self.with("idleSessions", idle)
    }

    /// Also cursors that wait to be read.
    pub fn idle_cursors(self, idle: bool) -> Self {
        self.with("idleCursors", idle)
    }

    /// On a router of a sharded cluster, its own operations instead of those of the shards.
    pub fn local_ops(self, local: bool) -> Self {
        self.with("localOps", local)
    }

    /// Only operations that match, in the server's own form: `doc! { "secs_running": { "$gt": 5 } }`.
    pub fn filter(mut self, filter: Document) -> Self {
        self.filter = Some(filter);
        self
    }

    fn with(mut self, key: &str, value: bool) -> Self {
        self.source.insert(key, value);
        self
    }

    async fn run(self) -> Result<Vec<Document>> {
        let source = doc! { "$currentOp": self.source };
        let filter = self.filter.map(|filter| doc! { "$match": filter });
        let pipeline = std::iter::once(source).chain(filter);
        self.client.database("admin").aggregate_raw(pipeline).await
    }
}

awaitable!(CurrentOp => Vec<Document>);
