//! What the server is doing.

use std::{fmt, future::IntoFuture, marker::PhantomData, time::Duration};

use futures_util::future::BoxFuture;
use mongodb::bson::{Document, doc};

use super::Row;
use crate::{Client, Database, error::Result};

impl Client {
    /// The operations that are running on the server, one document each, as the server's manual describes `$currentOp`.
    pub fn current_op(&self) -> CurrentOp {
        CurrentOp { admin: self.database("admin"), source: Document::new(), filter: None, rows: PhantomData }
    }
}

/// Lists running operations; see [`Client::current_op`].
///
/// # Errors
///
/// When the user lacks the right to see them (`inprog`), or the server cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct CurrentOp<T = Document> {
    admin: Database,
    source: Document,
    filter: Option<Document>,
    rows: PhantomData<fn() -> T>,
}

impl<T> CurrentOp<T> {
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

    /// How long it may take; zero is without limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.admin.scope_mut().set_timeout(limit);
        self
    }

    /// Reads each operation as another type: an embedded document of the fields that matter.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// #[derive(Embedded, Debug)]
    /// struct Running {
    ///     ns: Option<String>,
    ///     op: Option<String>,
    ///     secs_running: Option<i64>,
    /// }
    ///
    /// # async fn f(client: odmium::Client) -> odmium::Result<()> {
    /// let running: Vec<Running> = client.current_op().rows().await?;
    /// # Ok(()) }
    /// ```
    pub fn rows<R: Row>(self) -> CurrentOp<R> {
        let Self { admin, source, filter, .. } = self;
        CurrentOp { admin, source, filter, rows: PhantomData }
    }

    fn with(mut self, key: &str, value: bool) -> Self {
        self.source.insert(key, value);
        self
    }
}

impl<T: Row> IntoFuture for CurrentOp<T> {
    type Output = Result<Vec<T>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let source = doc! { "$currentOp": self.source };
        let filter = self.filter.map(|filter| doc! { "$match": filter });
        self.admin.aggregate_raw(std::iter::once(source).chain(filter)).into_future()
    }
}

impl<T> fmt::Debug for CurrentOp<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CurrentOp").field("options", &self.source).finish_non_exhaustive()
    }
}
