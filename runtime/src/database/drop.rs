//! Removing a database.

use futures_util::future::BoxFuture;
use mongodb::options::WriteConcern;

use super::Database;
use crate::{Session, action::in_session, error::Result};

/// Removes a database; see [`Database::drop`].
///
/// # Errors
///
/// When the server refuses it or cannot be reached.
#[derive(Debug)]
#[must_use = "nothing is sent before the action is awaited"]
pub struct DropDatabase<'a> {
    database: Database,
    write_concern: Option<WriteConcern>,
    session: Option<&'a mut Session>,
}

impl Database {
    /// Removes the database with all its collections; one that is not there is no error.
    pub fn drop<'a>(&self) -> DropDatabase<'a> {
        DropDatabase { database: self.clone(), write_concern: None, session: None }
    }
}

impl<'a> DropDatabase<'a> {
    /// How many servers must have it before it counts as done.
    pub fn write_concern(mut self, concern: WriteConcern) -> Self {
        self.write_concern = Some(concern);
        self
    }

    /// Runs the operation in a session. Not in a transaction, where the server refuses it.
    pub fn session(mut self, session: &'a mut Session) -> Self {
        self.session = Some(session);
        self
    }

    async fn run(self) -> Result<()> {
        let mut drop = self.database.inner.drop();
        if let Some(concern) = self.write_concern {
            drop = drop.write_concern(concern);
        }
        Ok(in_session!(self.session, drop)?)
    }
}

impl<'a> IntoFuture for DropDatabase<'a> {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let database = self.database.clone();
        Box::pin(database.scoped("DropDatabase", self.run()))
    }
}
