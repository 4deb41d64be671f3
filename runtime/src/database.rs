//! A database.

use crate::{
    Collection,
    admin::{IntoCommand, Row, RunCommand, RunCursorCommand},
    error::Result,
    model::{Document, Record},
};

/// A database of a deployment; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    inner: mongodb::Database,
}

impl Database {
    pub(crate) fn new(inner: mongodb::Database) -> Self {
        Self { inner }
    }

    /// The collection of a model, under the name that the model declares.
    #[must_use]
    pub fn collection<D: Document>(&self) -> Collection<D> {
        self.collection_named(D::COLLECTION)
    }

    /// A collection under another name, or one of [`bson::Document`](mongodb::bson::Document) for code that knows no model.
    #[must_use]
    pub fn collection_named<D: Record>(&self, name: &str) -> Collection<D> {
        Collection::new(self.inner.collection(name))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.inner.name()
    }

    /// Runs any command and gives the server's reply: `db.run_command(doc! { "ping": 1 })`.
    pub fn run_command<'a>(&self, command: impl IntoCommand) -> RunCommand<'a> {
        RunCommand::new(self, command)
    }

    /// Runs a command that answers with a cursor, such as `find`, and reads its rows as any type.
    pub fn run_cursor_command<'a, T: Row>(&self, command: impl IntoCommand) -> RunCursorCommand<'a, T> {
        RunCursorCommand::new(self, command)
    }

    /// Removes the database with all its collections.
    ///
    /// # Errors
    ///
    /// When the server refuses it or cannot be reached.
    pub async fn drop(&self) -> Result<()> {
        Ok(self.inner.drop().await?)
    }

    /// The driver's database.
    #[must_use]
    pub fn inner(&self) -> &mongodb::Database {
        &self.inner
    }
}

impl From<mongodb::Database> for Database {
    fn from(inner: mongodb::Database) -> Self {
        Self { inner }
    }
}
