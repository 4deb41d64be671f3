//! A database.

use mongodb::bson;

use crate::{
    Collection,
    error::Result,
    gridfs::{Bucket, Metadata},
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

    /// A collection under another name, or one of [`bson::Document`] for code that knows no model.
    #[must_use]
    pub fn collection_named<D: Record>(&self, name: &str) -> Collection<D> {
        Collection::new(self.inner.collection(name))
    }

    /// The GridFS bucket `fs`, whose files carry metadata of type `M`; [`bson::Document`] takes any.
    ///
    /// Other buckets and settings are set on it: see [`Bucket`].
    #[must_use]
    pub fn bucket<M: Metadata>(&self) -> Bucket<M> {
        Bucket::new(self)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.inner.name()
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
