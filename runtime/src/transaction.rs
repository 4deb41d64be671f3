//! Transactions: several operations that take effect together, or not at all.
//!
//! | form | for |
//! |---|---|
//! | [`transaction!`](crate::transaction!) | the usual case: a block that is run again where the server asks for it |
//! | [`Database::begin`], [`Session::begin`](crate::Session::begin) | a [`Guard`] to commit by hand |
//! | [`Begin::run`], [`Database::with_transaction`] | a closure in place of the block |
//! | [`Session::start_transaction`](crate::Session::start_transaction) | step by step |
//!
//! Transactions need a replica set or a sharded cluster.

mod attempts;
mod begin;
mod bound;
mod guard;
mod macros;

use std::fmt;

use mongodb::options::TransactionOptions;

pub use self::{attempts::Attempts, begin::Begin, bound::InTransaction, guard::Guard};
use crate::{Collection, Database, Session, error::Result, model::Document, model::Record};

/// An open transaction.
///
/// Its operations come from [`collection`](Self::collection) and [`on`](Self::on), so that none runs outside by mistake,
/// and one runs at a time: two at once do not compile. A cursor has to be dropped before the next operation.
pub struct Transaction {
    database: Database,
    session: Session,
}

impl Transaction {
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

    async fn start(&mut self, options: TransactionOptions) -> Result<()> {
        self.session.start_with(options).await
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("session", &self.session).finish_non_exhaustive()
    }
}
