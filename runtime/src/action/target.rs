//! What a pipeline runs on.

use futures_util::future::BoxFuture;
use mongodb::{action::Aggregate, bson::Document};

use crate::{Collection, Database, client::Scope, error::Result};

/// A collection, or a database as a whole.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Collection(Collection<Document>),
    Database(Database),
}

impl Target {
    pub(crate) fn scope(&self) -> &Scope {
        match self {
            Self::Collection(collection) => collection.scope(),
            Self::Database(database) => database.scope(),
        }
    }

    pub(crate) fn scope_mut(&mut self) -> &mut Scope {
        match self {
            Self::Collection(collection) => collection.scope_mut(),
            Self::Database(database) => database.scope_mut(),
        }
    }

    /// The driver's action.
    pub(crate) fn aggregate(&self, stages: Vec<Document>) -> Aggregate<'_> {
        match self {
            Self::Collection(collection) => collection.inner().aggregate(stages),
            Self::Database(database) => database.inner().aggregate(stages),
        }
    }

    /// Runs the operation under what is set on the collection or database.
    pub(crate) async fn scoped<T: Send>(
        &self,
        name: &'static str,
        work: BoxFuture<'_, Result<T>>,
    ) -> Result<T> {
        match self {
            Self::Collection(collection) => collection.scoped(name, work).await,
            Self::Database(database) => database.scoped(name, work).await,
        }
    }
}
