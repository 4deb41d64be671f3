//! Commands that answer with a cursor.

use std::marker::PhantomData;

use mongodb::{
    bson::RawDocumentBuf,
    options::{RunCursorCommandOptions, SelectionCriteria},
};

use super::{IntoCommand, Row, awaitable, cursor_of};
use crate::{
    Cursor, Database, Session,
    action::options::setters,
    error::{EncodeError, Result},
};

/// Runs a command that answers with a cursor; see [`Database::run_cursor_command`].
///
/// Awaiting it gives all rows in a `Vec`; for more than fit in memory, end it with [`cursor`](Self::cursor).
///
/// # Errors
///
/// As [`RunCommand`](super::RunCommand), and when the reply has no cursor.
#[must_use = "nothing is sent before the action is awaited"]
pub struct RunCursorCommand<'a, T> {
    database: Database,
    command: Result<RawDocumentBuf, EncodeError>,
    options: RunCursorCommandOptions,
    session: Option<&'a mut Session>,
    row: PhantomData<fn() -> T>,
}

impl<'a, T: Row> RunCursorCommand<'a, T> {
    pub(crate) fn new(database: &Database, command: impl IntoCommand) -> Self {
        Self {
            database: database.clone(),
            command: command.into_command(),
            options: RunCursorCommandOptions::default(),
            session: None,
            row: PhantomData,
        }
    }

    setters!(session batch_size comment);

    /// Which server to run it on: a read preference, or a rule of your own.
    pub fn selection_criteria(mut self, criteria: impl Into<SelectionCriteria>) -> Self {
        self.options.selection_criteria = Some(criteria.into());
        self
    }

    /// How long the server may wait for rows when more are fetched (`maxTimeMS` of `getMore`).
    pub fn max_await_time(mut self, time: std::time::Duration) -> Self {
        self.options.max_time = Some(time);
        self
    }

    /// A cursor over the rows.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn cursor(self) -> Result<Cursor<'a, T>> {
        let (database, command, options) = (self.database.inner().clone(), self.command?, self.options);
        Ok(cursor_of!(self.session, database.run_raw_cursor_command(command).with_options(options)))
    }

    async fn run(self) -> Result<Vec<T>> {
        self.cursor().await?.collect().await
    }
}

awaitable!(RunCursorCommand<'a, T: Row> in [database] => Vec<T>);
