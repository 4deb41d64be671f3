//! Aggregations in the server's own form.

use std::marker::PhantomData;

use mongodb::{
    bson::{Document, RawDocumentBuf},
    options::AggregateOptions,
};

use super::{Row, awaitable, cursor_of};
use crate::{Collection, Cursor, Database, Session, action::options::setters, error::Result, model::Record};

/// Runs a pipeline in the server's own form; see [`Collection::aggregate_raw`] and [`Database::aggregate_raw`].
///
/// Awaiting it gives all rows in a `Vec`; for more than fit in memory, end it with [`cursor`](Self::cursor).
///
/// # Errors
///
/// When the server refuses the pipeline; [decode](crate::Error::is_decode) when a row does not fit its type.
#[must_use = "nothing is sent before the action is awaited"]
pub struct AggregateRaw<'a, T> {
    on: On,
    pipeline: Vec<Document>,
    options: AggregateOptions,
    session: Option<&'a mut Session>,
    row: PhantomData<fn() -> T>,
}

enum On {
    Database(mongodb::Database),
    Collection(mongodb::Collection<RawDocumentBuf>),
}

impl Database {
    /// Runs a pipeline that begins with a source of its own: `$currentOp`, `$documents`, `$listLocalSessions`.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use odmium::bson::{Document, doc};
    /// # async fn f(client: odmium::Client) -> odmium::Result<()> {
    /// let pipeline = [doc! { "$listLocalSessions": {} }, doc! { "$limit": 10 }];
    /// let sessions: Vec<Document> = client.database("admin").aggregate_raw(pipeline).await?;
    /// # Ok(()) }
    /// ```
    pub fn aggregate_raw<'a, T: Row>(
        &self,
        pipeline: impl IntoIterator<Item = Document>,
    ) -> AggregateRaw<'a, T> {
        AggregateRaw::new(On::Database(self.inner().clone()), pipeline)
    }
}

impl<D: Record> Collection<D> {
    /// Runs a pipeline in the server's own form, and reads its rows as any type.
    pub fn aggregate_raw<'a, T: Row>(
        &self,
        pipeline: impl IntoIterator<Item = Document>,
    ) -> AggregateRaw<'a, T> {
        AggregateRaw::new(On::Collection(self.inner().clone()), pipeline)
    }
}

impl<'a, T: Row> AggregateRaw<'a, T> {
    fn new(on: On, pipeline: impl IntoIterator<Item = Document>) -> Self {
        let pipeline = pipeline.into_iter().collect();
        Self { on, pipeline, options: AggregateOptions::default(), session: None, row: PhantomData }
    }

    setters! {
        session batch_size allow_disk_use bypass_document_validation collation comment hint max_await_time max_time
        let_vars read_concern write_concern selection_criteria
    }

    /// A cursor over the rows.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn cursor(self) -> Result<Cursor<'a, T>> {
        let Self { on, pipeline, options, session, .. } = self;
        let aggregate = match &on {
            On::Database(database) => database.aggregate(pipeline),
            On::Collection(collection) => collection.aggregate(pipeline),
        };
        Ok(cursor_of!(session, aggregate.with_options(options)))
    }

    /// The first row, or `None`.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn first(self) -> Result<Option<T>> {
        self.cursor().await?.try_next().await
    }

    async fn run(self) -> Result<Vec<T>> {
        self.cursor().await?.collect().await
    }
}

awaitable!(AggregateRaw<'a, T: Row> => Vec<T>);
