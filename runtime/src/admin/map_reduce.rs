//! The old map-reduce command.

use std::time::Duration;

use mongodb::{
    bson::{Bson, Document, doc},
    options::Collation,
};

use super::{Row, insert_option};
use crate::{
    Collection, Session,
    codec::decode_bson,
    error::{Error, Result},
    filter::Filter,
    model::Record,
    sort::{IntoSort, to_document},
};

impl<D: Record> Collection<D> {
    /// Runs JavaScript functions over the documents; end it with `inline` or `out`.
    ///
    /// The server calls the command deprecated: an aggregation does the same faster.
    pub fn map_reduce<'a>(&self, map: impl Into<String>, reduce: impl Into<String>) -> MapReduce<'a, D> {
        let code = Bson::JavaScriptCode;
        let mut command =
            doc! { "mapReduce": self.name(), "map": code(map.into()), "reduce": code(reduce.into()) };
        if let Some(own) = D::DISCRIMINATOR {
            command.insert("query", own.to_document());
        }
        MapReduce { collection: self.clone(), command, invalid: None, session: None }
    }
}

/// Where [`MapReduce::out`] puts its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Into a collection of this name, instead of what is in it.
    Replace(String),
    /// Into a collection of this name: a row takes the place of one with its key.
    Merge(String),
    /// Into a collection of this name: a row and the one with its key are reduced to one.
    Reduce(String),
}

/// Runs JavaScript functions over the documents; see [`Collection::map_reduce`].
#[must_use = "nothing is sent before `inline` or `out` is awaited"]
pub struct MapReduce<'a, D> {
    collection: Collection<D>,
    command: Document,
    invalid: Option<Error>,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> MapReduce<'a, D> {
    crate::action::options::setters!(session);

    /// Only the documents that match.
    pub fn filter(mut self, filter: Filter<D>) -> Self {
        match filter.into_query() {
            Ok(filter) => self.with("query", filter),
            Err(error) => {
                self.invalid = Some(error);
                self
            }
        }
    }

    /// The order in which documents are mapped; an index must serve it.
    pub fn sort(self, sort: impl IntoSort<D>) -> Self {
        self.with("sort", to_document(sort))
    }

    /// How many documents are mapped at most.
    pub fn limit(self, documents: u32) -> Self {
        self.with("limit", i64::from(documents))
    }

    /// A function that changes each row at the end.
    pub fn finalize(self, function: impl Into<String>) -> Self {
        self.with("finalize", Bson::JavaScriptCode(function.into()))
    }

    /// Variables of the functions.
    pub fn scope(self, variables: Document) -> Self {
        self.with("scope", variables)
    }

    /// How strings are compared.
    pub fn collation(mut self, collation: Collation) -> Self {
        insert_option(&mut self.command, "collation", collation, &mut self.invalid);
        self
    }

    /// Skips the validator of the collection that the rows go into.
    pub fn bypass_document_validation(self, bypass: bool) -> Self {
        self.with("bypassDocumentValidation", bypass)
    }

    /// How long the server may work on it.
    pub fn max_time(self, time: Duration) -> Self {
        self.with("maxTimeMS", i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
    }

    /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
    pub fn comment(self, comment: impl Into<Bson>) -> Self {
        self.with("comment", comment)
    }

    /// Gives the rows: documents of `_id` and `value`. They must fit into one document of 16 MiB.
    ///
    /// # Errors
    ///
    /// When the server refuses it or cannot be reached; [decode](Error::is_decode) when a row does not fit.
    pub async fn inline<T: Row>(self) -> Result<Vec<T>> {
        let mut reply = self.run(doc! { "inline": 1 }).await?;
        let Some(Bson::Array(rows)) = reply.remove("results") else { return Ok(Vec::new()) };
        rows.iter().map(|row| Ok(decode_bson(row)?)).collect()
    }

    /// Puts the rows into a collection of the same database, and gives that.
    ///
    /// # Errors
    ///
    /// When the server refuses it or cannot be reached.
    pub async fn out<T: Record>(self, output: Output) -> Result<Collection<T>> {
        let (action, name) = match output {
            Output::Replace(name) => ("replace", name),
            Output::Merge(name) => ("merge", name),
            Output::Reduce(name) => ("reduce", name),
        };
        let database = self.collection.database();
        self.run(doc! { action: &name }).await?;
        Ok(database.collection_named(&name))
    }

    fn with(mut self, key: &str, value: impl Into<Bson>) -> Self {
        self.command.insert(key, value);
        self
    }

    async fn run(self, out: Document) -> Result<Document> {
        let Self { collection, mut command, invalid, session } = self;
        if let Some(error) = invalid {
            return Err(error);
        }
        command.insert("out", out);
        let database = collection.database();
        let mut run = database.run_command(command);
        if let Some(session) = session {
            run = run.session(session);
        }
        run.await
    }
}

impl<D> std::fmt::Debug for MapReduce<'_, D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MapReduce").finish_non_exhaustive()
    }
}
