//! Client sessions: causal consistency, snapshots, and transactions step by step.
//!
//! For a whole transaction use [`transaction!`](crate::transaction!) or [`Database::begin`](crate::Database::begin).

mod clean_up;
mod lent;
mod start;
mod steps;

use std::fmt;

use mongodb::{
    ClientSession, ClusterTime,
    bson::{Document, Timestamp},
    error::{Error as DriverError, TRANSIENT_TRANSACTION_ERROR},
    options::SessionOptions,
};
use tokio::runtime::Handle;

use self::clean_up::Phase;
pub(crate) use self::lent::{Held, Idle, Loan};
pub(crate) use self::steps::transaction_setters;
pub use self::{start::StartSession, steps::StartTransaction};
use crate::{Client, error::Result};

/// A session: the operations in it see each other's effects in order, and can be joined into a transaction.
///
/// Made by [`Client::start_session`]. Every action takes one by `.session(&mut session)`; the borrow makes sure that
/// one operation runs at a time. [`end`](Self::end) takes the session away, so that it cannot be used after its end.
///
/// When it is dropped with an open transaction, the transaction is aborted in the background.
pub struct Session {
    client: Client,
    options: SessionOptions,
    /// Taken by `drop` only.
    inner: Option<ClientSession>,
    /// Where a dropped session is cleaned up, wherever it is dropped.
    runtime: Handle,
    phase: Phase,
    /// An operation of the transaction is under way, or was dropped half way.
    unsettled: bool,
    /// An operation of the transaction failed in a way that a new attempt may cure.
    transient: bool,
    /// An operation is under way, or was dropped half way and another one came after it: it may have left a cursor open.
    loose: Loose,
}

/// Whether operations outside of transactions were dropped half way.
#[derive(Clone, Copy, Debug, Default)]
struct Loose {
    is_busy: bool,
    was_left: bool,
}

impl Loose {
    fn is_likely(self) -> bool {
        self.is_busy || self.was_left
    }
}

impl Session {
    pub(crate) async fn start(client: Client, options: SessionOptions) -> Result<Self> {
        client.check_open()?;
        let inner = client.inner().start_session().with_options(options.clone()).await?;
        Ok(Self {
            client,
            options,
            inner: Some(inner),
            runtime: Handle::current(),
            phase: Phase::Idle,
            unsettled: false,
            transient: false,
            loose: Loose::default(),
        })
    }

    /// The id of the session on the server: a document with a UUID under `id`, as in `lsid` of commands and logs.
    #[must_use]
    pub fn id(&self) -> &Document {
        self.inner().id()
    }

    /// What the session was started with.
    #[must_use]
    pub fn options(&self) -> &SessionOptions {
        &self.options
    }

    /// The client that started it. Operations of another client are refused.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The highest cluster time that the session has seen; `None` before its first operation.
    #[must_use]
    pub fn cluster_time(&self) -> Option<&ClusterTime> {
        self.inner().cluster_time()
    }

    /// The time of the last operation, by the clock of the deployment; `None` before the first one.
    #[must_use]
    pub fn operation_time(&self) -> Option<Timestamp> {
        self.inner().operation_time()
    }

    /// The time whose state a snapshot session reads: the one that it was given, or that of its first read.
    #[must_use]
    pub fn snapshot_time(&self) -> Option<Timestamp> {
        self.inner().snapshot_time()
    }

    /// Moves the cluster time forward to that of another session. An earlier one changes nothing.
    pub fn advance_cluster_time(&mut self, time: &ClusterTime) {
        self.inner_mut().advance_cluster_time(time);
    }

    /// Moves the operation time forward: reads see at least what was written by then. An earlier one changes nothing.
    pub fn advance_operation_time(&mut self, time: Timestamp) {
        self.inner_mut().advance_operation_time(time);
    }

    /// Moves both times forward to those of `other`, so that this session sees what was done in that one; also across
    /// clients of one deployment.
    pub fn catch_up_with(&mut self, other: &Self) {
        if let Some(time) = other.cluster_time() {
            self.advance_cluster_time(time);
        }
        if let Some(time) = other.operation_time() {
            self.advance_operation_time(time);
        }
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Ends the session; an open transaction is aborted first, and the server has done so when this returns.
    ///
    /// It cannot fail: a server that does not answer ends the transaction by itself, after 60 seconds. The client keeps
    /// the ended session for the next one that it starts.
    pub async fn end(mut self) {
        if let Some(inner) = self.inner.take() {
            let (phase, unsettled, loose) = (self.phase, self.unsettled, self.loose.is_likely());
            let clean_up = async move {
                clean_up::run(inner, phase, unsettled, loose).await;
                Ok(())
            };
            // A server that does not answer in time is the same as one that does not answer.
            drop(self.client.scoped("EndSession", clean_up).await);
        }
    }

    /// The driver's session.
    ///
    /// A transaction does not know of operations that run in it directly: when one of them fails with the label
    /// `TransientTransactionError`, hand its error out of the transaction's block, so that it starts anew.
    pub fn inner_mut(&mut self) -> &mut ClientSession {
        self.inner.as_mut().unwrap_or_else(|| unreachable!("{TAKEN}"))
    }

    fn inner(&self) -> &ClientSession {
        self.inner.as_ref().unwrap_or_else(|| unreachable!("{TAKEN}"))
    }

    /// The driver's session for one operation, whose error goes to [`leave`](Self::leave).
    pub(crate) fn enter(&mut self) -> &mut ClientSession {
        self.unsettled |= self.phase == Phase::Open;
        self.loose.was_left |= self.loose.is_busy;
        self.loose.is_busy = true;
        self.inner_mut()
    }

    /// Takes note of how an operation ended. One that was dropped never comes here.
    pub(crate) fn leave(&mut self, error: Option<&DriverError>) {
        self.unsettled = false;
        self.loose.is_busy = false;
        self.transient |= error.is_some_and(|error| error.contains_label(TRANSIENT_TRANSACTION_ERROR));
    }

    /// Whether the open transaction has failed in a way that a new attempt may cure.
    pub(crate) fn is_transient(&self) -> bool {
        self.transient
    }

    /// Another session with the same options that has seen the same.
    pub(crate) async fn twin(&self) -> Result<Self> {
        let mut twin = Self::start(self.client.clone(), self.options.clone()).await?;
        twin.catch_up_with(self);
        Ok(twin)
    }
}

const TAKEN: &str = "the driver's session is there until the session is dropped";

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(inner) = self.inner.take()
            && (self.phase != Phase::Idle || self.loose.is_likely())
        {
            self.runtime.spawn(clean_up::run(inner, self.phase, self.unsettled, self.loose.is_likely()));
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id().to_string())
            .field("in_transaction", &self.in_transaction())
            .finish_non_exhaustive()
    }
}
