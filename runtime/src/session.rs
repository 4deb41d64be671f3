//! Client sessions.

use mongodb::ClientSession;

use crate::error::Result;

/// A session: the operations in it see each other's effects in order, and can be joined into a transaction.
///
/// Every action takes one by `.session(&mut session)`; the borrow makes sure that one operation runs at a time. An
/// open transaction is aborted when the session is dropped.
#[derive(Debug)]
pub struct Session {
    inner: ClientSession,
}

impl Session {
    pub(crate) fn new(inner: ClientSession) -> Self {
        Self { inner }
    }

    /// Starts a transaction: the operations from here on are committed together, or not at all.
    ///
    /// # Errors
    ///
    /// When one is open already, or when the server is neither a replica set nor a sharded cluster.
    pub async fn start_transaction(&mut self) -> Result<()> {
        Ok(self.inner.start_transaction().await?)
    }

    /// Commits the open transaction.
    ///
    /// # Errors
    ///
    /// When none is open, or when the server refuses; with the label `UnknownTransactionCommitResult` it is not known
    /// whether it was committed, and calling again is safe.
    pub async fn commit_transaction(&mut self) -> Result<()> {
        Ok(self.inner.commit_transaction().await?)
    }

    /// Gives up the open transaction.
    ///
    /// # Errors
    ///
    /// When none is open.
    pub async fn abort_transaction(&mut self) -> Result<()> {
        Ok(self.inner.abort_transaction().await?)
    }

    /// The driver's session.
    pub fn inner_mut(&mut self) -> &mut ClientSession {
        &mut self.inner
    }
}
