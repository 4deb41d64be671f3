//! Starting a session.

use futures_util::future::BoxFuture;
use mongodb::{
    bson::Timestamp,
    options::{SessionOptions, TransactionOptions},
};

use super::Session;
use crate::{Client, error::Result};

/// Starts a session; see [`Client::start_session`].
///
/// # Errors
///
/// [Argument](crate::Error::is_argument) when options contradict each other: a snapshot is not causally consistent, and
/// only a snapshot has a time.
#[derive(Debug)]
#[must_use = "no session is started before the action is awaited"]
pub struct StartSession {
    client: Client,
    options: SessionOptions,
}

impl StartSession {
    pub(crate) fn new(client: &Client) -> Self {
        Self { client: client.clone(), options: SessionOptions::default() }
    }

    /// Whether each operation sees the effects of those before it, whichever servers they run on; the default is true,
    /// and false for snapshots. It holds when reads and writes have the concern `majority`.
    pub fn causal_consistency(mut self, consistent: bool) -> Self {
        self.options.causal_consistency = Some(consistent);
        self
    }

    /// What the transactions of the session are started with, where they do not say it themselves.
    pub fn default_transaction_options(mut self, options: TransactionOptions) -> Self {
        self.options.default_transaction_options = Some(options);
        self
    }

    /// Makes all reads of the session see one state of the data, that of the first read. Writes and transactions are
    /// refused then. Needs server 5.0, a replica set or a sharded cluster.
    pub fn snapshot(mut self, snapshot: bool) -> Self {
        self.options.snapshot = Some(snapshot);
        self
    }

    /// The time whose state a snapshot shows, as [`Session::snapshot_time`] or [`Session::operation_time`] gave it. The
    /// server keeps 5 minutes of history, unless it is set up otherwise.
    pub fn snapshot_time(mut self, time: Timestamp) -> Self {
        self.options.snapshot_time = Some(time);
        self
    }
}

impl IntoFuture for StartSession {
    type Output = Result<Session>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.client.clone();
            client.scoped("StartSession", Session::start(self.client, self.options)).await
        })
    }
}
