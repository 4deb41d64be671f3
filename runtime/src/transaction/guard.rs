//! A transaction that is committed by hand.

use std::{
    mem,
    ops::{Deref, DerefMut},
};

use super::{Transaction, attempts};
use crate::{Database, Session, error::Result};

/// A [`Transaction`] to commit by hand.
///
/// [`commit`](Self::commit) takes it away. One that is dropped is aborted in the background, whatever the reason: an error,
/// a panic, or a future that is dropped.
///
/// # Examples
///
/// ```no_run
/// # use odmium::{Database, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "accounts")]
/// # struct Account { id: i32, balance: i64 }
/// # async fn f(db: Database) -> odmium::Result<()> {
/// let mut tx = db.begin().await?;
/// tx.collection::<Account>().update_one(Account.id.eq(1), Account.balance.inc(-10)).await?;
/// tx.collection::<Account>().update_one(Account.id.eq(2), Account.balance.inc(10)).await?;
/// tx.commit().await?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
#[must_use = "a transaction that is dropped is aborted"]
pub struct Guard<'s> {
    transaction: Transaction,
    /// Where the session goes back to at the end; another one is there meanwhile.
    home: Option<&'s mut Session>,
}

impl<'s> Guard<'s> {
    /// Takes the session; no transaction is started yet.
    pub(super) async fn open(database: Database, home: Option<&'s mut Session>) -> Result<Self> {
        let (session, home) = match home {
            None => (Session::start(database.client(), <_>::default()).await?, None),
            Some(home) => {
                let twin = home.twin().await?;
                (mem::replace(home, twin), Some(home))
            }
        };
        Ok(Self { transaction: Transaction { database, session }, home })
    }

    /// Commits. Where it is not known whether a commit came through, it is asked for again, for 120 seconds.
    ///
    /// Cancel safety: a commit that was under way is finished in the background.
    ///
    /// # Errors
    ///
    /// With the label `TransientTransactionError` nothing was committed, and the whole transaction can be run again.
    /// With `UnknownTransactionCommitResult` it is not known whether it was committed.
    /// [Session](crate::Error::is_session) when an operation of it was dropped half way: it is aborted then.
    pub async fn commit(mut self) -> Result<()> {
        let result = attempts::commit(self.session(), attempts::Budget::default()).await;
        self.give_back();
        result
    }

    /// Aborts: nothing of it is kept, and the server has ended it when this returns.
    ///
    /// # Errors
    ///
    /// [Session](crate::Error::is_session) when it was ended by its [`session`](Transaction::session) before.
    pub async fn abort(mut self) -> Result<()> {
        let result = self.session().abort_transaction().await;
        self.give_back();
        result
    }

    pub(super) fn give_back(self) {
        // A session that has to be cleaned up is dropped, which does it.
        if let Some(home) = self.home
            && self.transaction.session.is_usable()
        {
            *home = self.transaction.session;
        }
    }
}

impl Deref for Guard<'_> {
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        &self.transaction
    }
}

impl DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut Transaction {
        &mut self.transaction
    }
}
