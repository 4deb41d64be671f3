//! A transaction step by step: start, commit, abort.

use futures_util::future::BoxFuture;
use mongodb::options::TransactionOptions;

use super::{Session, clean_up, clean_up::Phase};
use crate::error::{Error, Result};

/// The options of a transaction, on a builder with a field `options`.
macro_rules! transaction_setters {
    () => {
        /// How settled the data must be that the transaction reads; `snapshot` makes it one state for all its reads.
        pub fn read_concern(mut self, concern: mongodb::options::ReadConcern) -> Self {
            self.options.read_concern = Some(concern);
            self
        }

        /// How many servers must have the transaction before its commit counts as done.
        pub fn write_concern(mut self, concern: mongodb::options::WriteConcern) -> Self {
            self.options.write_concern = Some(concern);
            self
        }

        /// Which server the transaction runs on. Only the primary is possible so far: others are refused.
        pub fn selection_criteria(
            mut self,
            criteria: impl Into<mongodb::options::SelectionCriteria>,
        ) -> Self {
            self.options.selection_criteria = Some(criteria.into());
            self
        }

        /// How long the server may take for the commit.
        pub fn max_commit_time(mut self, time: std::time::Duration) -> Self {
            self.options.max_commit_time = Some(time);
            self
        }
    };
}

pub(crate) use transaction_setters;

impl Session {
    /// Starts a transaction: the operations of the session from here on are committed together, or not at all.
    ///
    /// [`begin`](Self::begin) is safer: its transaction cannot be forgotten half way, and takes no operation by mistake.
    pub fn start_transaction(&mut self) -> StartTransaction<'_> {
        StartTransaction { session: self, options: TransactionOptions::default() }
    }

    /// Commits the open transaction. Of a network error, the driver tries once more.
    ///
    /// Cancel safety: a dropped future leaves it open whether the transaction is committed; calling again is safe.
    ///
    /// # Errors
    ///
    /// [Session](Error::is_session) when none is open; also when an operation of it was dropped half way: what the
    /// transaction holds is not known then, and it is aborted. With the label `UnknownTransactionCommitResult` it is
    /// not known whether it was committed, and calling again is safe; nor is it after a [timeout](Error::is_timeout), by the
    /// limits of the client.
    pub async fn commit_transaction(&mut self) -> Result<()> {
        if self.unsettled {
            self.abort_transaction().await?;
            return Err(Error::session(
                "an operation of this transaction was dropped before it had answered, so that what was to be \
                 committed is not known: the transaction was aborted, run it again",
            ));
        }
        let before = std::mem::replace(&mut self.phase, Phase::Committing);
        let client = self.client.clone();
        let inner = self.inner_mut();
        let commit = client.scoped("CommitTransaction", async { Ok(inner.commit_transaction().await?) });
        let result = commit.await;
        let failed = result.is_err() && before != Phase::Idle;
        self.phase = if failed { Phase::Doubtful } else { Phase::Idle };
        result
    }

    /// Gives up the open transaction. A server that does not answer ends it by itself, after 60 seconds.
    ///
    /// # Errors
    ///
    /// [Session](Error::is_session) when none is open; [timeout](Error::is_timeout) by the limits of the client, then
    /// calling again is safe.
    pub async fn abort_transaction(&mut self) -> Result<()> {
        match self.phase {
            Phase::Open if !self.unsettled => {
                self.phase = Phase::Aborting;
                let client = self.client.clone();
                let inner = self.inner_mut();
                client.scoped("AbortTransaction", async { Ok(inner.abort_transaction().await?) }).await?;
            }
            Phase::Open | Phase::Aborting => {
                self.phase = Phase::Aborting;
                let client = self.client.clone();
                let inner = self.inner_mut();
                let abort = async {
                    clean_up::abort_unsettled(inner).await;
                    Ok(())
                };
                client.scoped("AbortTransaction", abort).await?;
            }
            Phase::Idle | Phase::Committing | Phase::Doubtful => {
                return Ok(self.inner_mut().abort_transaction().await?);
            }
        }
        (self.phase, self.unsettled) = (Phase::Idle, false);
        Ok(())
    }

    /// Whether the session can go on: no transaction is open in it. A commit may be in doubt, which can be asked for again;
    /// the next transaction ends it on the server.
    pub(crate) fn is_usable(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Doubtful)
    }

    pub(crate) async fn start_with(&mut self, options: TransactionOptions) -> Result<()> {
        if self.phase == Phase::Aborting {
            self.abort_transaction().await?;
        }
        self.inner_mut().start_transaction().with_options(options).await?;
        (self.phase, self.unsettled, self.transient) = (Phase::Open, false, false);
        Ok(())
    }
}

/// Starts a transaction; see [`Session::start_transaction`].
///
/// # Errors
///
/// [Session](Error::is_session) when one is open already, when the session is a snapshot, or when the server is neither
/// a replica set nor a sharded cluster.
#[derive(Debug)]
#[must_use = "nothing is started before the action is awaited"]
pub struct StartTransaction<'s> {
    session: &'s mut Session,
    options: TransactionOptions,
}

impl StartTransaction<'_> {
    transaction_setters!();
}

impl<'s> IntoFuture for StartTransaction<'s> {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'s, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.session.start_with(self.options))
    }
}
