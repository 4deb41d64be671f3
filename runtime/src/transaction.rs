//! Transactions: several operations that take effect together, or not at all.
//!
//! | form | for |
//! |---|---|
//! | [`transaction!`](crate::transaction!) | the usual case: a block that is run again where the server asks for it |
//! | [`Database::begin`], [`Session::begin`](crate::Session::begin) | a [`Transaction`] to commit by hand |
//! | [`Begin::run`], [`Database::with_transaction`] | a closure in place of the block |
//! | [`Session::start_transaction`](crate::Session::start_transaction) | step by step |
//!
//! Transactions need a replica set or a sharded cluster.

mod attempts;
mod begin;
mod bound;
mod macros;

use std::fmt;

use mongodb::options::TransactionOptions;

pub use self::{attempts::Attempts, begin::Begin, bound::InTransaction};
use crate::{Collection, Database, Session, error::Result, model::Document, model::Record};

/// An open transaction.
///
/// Its operations come from [`collection`](Self::collection) and [`on`](Self::on), so that none runs outside by mistake,
/// and one runs at a time: two at once do not compile. [`commit`](Self::commit) takes the transaction away. One that is
/// dropped is aborted in the background, whatever the reason: an error, a panic, or a future that is dropped.
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
#[must_use = "a transaction that is dropped is aborted"]
pub struct Transaction<'s> {
    database: Database,
    session: Session,
    /// Where the session goes back to at the end; another one is there meanwhile.
    home: Option<&'s mut Session>,
}

impl<'s> Transaction<'s> {
    async fn open(database: Database, home: Option<&'s mut Session>) -> Result<Self> {
        match home {
            None => {
                let client = database.inner().client().clone().into();
                Ok(Self { session: Session::start(client, <_>::default()).await?, database, home: None })
            }
            Some(home) => {
                let twin = home.twin().await?;
                Ok(Self { session: std::mem::replace(home, twin), database, home: Some(home) })
            }
        }
    }

    async fn start(&mut self, options: TransactionOptions) -> Result<()> {
        self.session.start_with(options).await
    }

    /// The collection of a model, its operations being part of the transaction.
    pub fn collection<D: Document>(&mut self) -> InTransaction<'_, D> {
        let collection = self.database.collection();
        InTransaction::new(collection, &mut self.session)
    }

    /// A collection at hand, its operations being part of the transaction. It must be one of the same client.
    pub fn on<D: Record>(&mut self, collection: &Collection<D>) -> InTransaction<'_, D> {
        InTransaction::new(collection.clone(), &mut self.session)
    }

    /// The session, for operations that [`InTransaction`] does not have: `.session(tx.session())`.
    pub fn session(&mut self) -> &mut Session {
        &mut self.session
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
        let result = attempts::commit(&mut self.session, attempts::Budget::default()).await;
        self.give_back();
        result
    }

    /// Aborts: nothing of it is kept, and the server has ended it when this returns.
    ///
    /// # Errors
    ///
    /// None at present: a server that does not answer ends the transaction by itself, after 60 seconds.
    pub async fn abort(mut self) -> Result<()> {
        let result = self.session.abort_transaction().await;
        self.give_back();
        result
    }

    fn give_back(mut self) {
        if let Some(home) = self.home.take() {
            std::mem::swap(home, &mut self.session);
        }
    }
}

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("session", &self.session).finish_non_exhaustive()
    }
}
