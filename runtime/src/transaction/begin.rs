//! How a transaction is begun.

use std::time::Duration;

use futures_util::future::BoxFuture;
use mongodb::options::TransactionOptions;

use super::{Guard, Transaction, attempts::Budget};
use crate::{
    Database, Session,
    error::{Error, Result},
    session::transaction_setters,
};

/// Begins a transaction: await it for a [`Guard`], or give it to [`transaction!`](crate::transaction!) or
/// [`run`](Self::run). Made by [`Database::begin`] and [`Session::begin`].
///
/// # Errors
///
/// [Session](Error::is_session) when the server is neither a replica set nor a sharded cluster, or when the session is a
/// snapshot or has a transaction open.
#[derive(Debug)]
#[must_use = "nothing is begun before it is awaited"]
pub struct Begin<'s> {
    pub(super) database: Database,
    pub(super) session: Option<&'s mut Session>,
    pub(super) options: TransactionOptions,
    pub(super) budget: Budget,
}

impl<'s> Begin<'s> {
    fn new(database: &Database, session: Option<&'s mut Session>) -> Self {
        Self {
            database: database.clone(),
            session,
            options: TransactionOptions::default(),
            budget: Budget::default(),
        }
    }

    transaction_setters!();

    /// For how long [`transaction!`](crate::transaction!) and [`run`](Self::run) try again; the default is the 120
    /// seconds of all drivers.
    pub fn retry_for(mut self, time: Duration) -> Self {
        self.budget = Budget::new(time);
        self
    }

    /// Runs a closure in the transaction, as [`transaction!`](crate::transaction!) runs its block.
    ///
    /// A task that is spawned takes a closure only when it borrows nothing (`async move`, with clones of what it uses):
    /// the compiler cannot tell otherwise that its future may change threads. The macro has no such limit.
    ///
    /// # Errors
    ///
    /// That of the closure, untouched, or that of the transaction.
    pub async fn run<T, E, F>(self, mut body: F) -> Result<T, E>
    where
        F: AsyncFnMut(&mut Transaction) -> Result<T, E>,
        E: From<Error> + 'static,
    {
        crate::transaction!(self, |tx| -> Result<T, E> { body(tx).await }).await
    }

    /// Itself, so that the macro takes a database as well.
    #[doc(hidden)]
    pub fn begin(self) -> Self {
        self
    }
}

impl<'s> IntoFuture for Begin<'s> {
    type Output = Result<Guard<'s>>;
    type IntoFuture = BoxFuture<'s, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut guard = Guard::open(self.database, self.session).await?;
            match guard.start(self.options).await {
                Ok(()) => Ok(guard),
                Err(error) => {
                    guard.give_back();
                    Err(error)
                }
            }
        })
    }
}

impl Database {
    /// Begins a transaction, in a session of its own.
    pub fn begin(&self) -> Begin<'static> {
        Begin::new(self, None)
    }

    /// Runs a closure in a transaction: short for `begin().run(body)`, see [`Begin::run`].
    ///
    /// # Errors
    ///
    /// As [`Begin::run`].
    pub async fn with_transaction<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: AsyncFnMut(&mut Transaction) -> Result<T, E>,
        E: From<Error> + 'static,
    {
        self.begin().run(body).await
    }
}

impl Session {
    /// Begins a transaction in this session, on the collections of a database.
    ///
    /// The session can be used again when the transaction has ended. When that one is dropped, the session goes on under
    /// another [id](Self::id), as the old one is busy with the abort.
    pub fn begin(&mut self, database: &Database) -> Begin<'_> {
        Begin::new(database, Some(self))
    }
}
