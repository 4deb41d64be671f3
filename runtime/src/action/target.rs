//! What a pipeline runs on.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use mongodb::{
    Client,
    action::Aggregate,
    bson::{Document, RawDocumentBuf},
    options::AggregateOptions,
};

use crate::{
    Collection, Database, Session,
    client::Scope,
    cursor::{Source, source_of},
    error::Result,
};

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

    /// Opens a cursor.
    pub(crate) async fn open<'s>(
        self,
        stages: Vec<Document>,
        options: AggregateOptions,
        session: Option<&'s mut Session>,
    ) -> Result<Source<'s>> {
        let (lender, client) = (Arc::clone(self.scope().state()), self.client());
        Ok(source_of!(session, &lender, &client, self.aggregate(stages).with_options(options)))
    }

    fn client(&self) -> Client {
        match self {
            Self::Collection(collection) => collection.inner().client().clone(),
            Self::Database(database) => database.inner().client().clone(),
        }
    }

    /// A collection of the same database with the same settings.
    pub(crate) fn base(&self) -> mongodb::Collection<RawDocumentBuf> {
        match self {
            Self::Collection(collection) => collection.inner().clone(),
            Self::Database(database) => database.inner().collection("$cmd.aggregate"),
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
