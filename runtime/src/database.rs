//! A database.

use mongodb::bson;

use crate::{
    Collection,
    action::{Aggregate, Run},
    error::Result,
    model::{Document, Record},
    pipeline::{NoCollection, Pipeline},
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

    /// A collection under another name, or one of [`bson::Document`] for code that knows no model.
    #[must_use]
    pub fn collection_named<D: Record>(&self, name: &str) -> Collection<D> {
        Collection::new(self.inner.collection(name))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.inner.name()
    }

    /// Runs a pipeline that reads no collection: [`Pipeline::documents`], [`Pipeline::current_op`].
    pub fn aggregate<'a, O>(&self, pipeline: Pipeline<NoCollection, O>) -> Aggregate<'a, NoCollection, O> {
        Pipeline::attached(Run::on_database(&self.inner)).then(pipeline)
    }

    /// Runs a command and gives the server's reply.
    ///
    /// # Errors
    ///
    /// When the server refuses it or cannot be reached.
    pub async fn run_command(&self, command: bson::Document) -> Result<bson::Document> {
        Ok(self.inner.run_command(command).await?)
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
