//! Running a pipeline.

use std::{
    future::IntoFuture,
    ops::{Deref, DerefMut},
    time::Duration,
};

use futures_util::future::BoxFuture;
use mongodb::{bson::Document, options::AggregateOptions};

use super::{options::setters, target::Target};
use crate::{
    Collection, Cursor, Database, Session,
    cursor::{ReadRow, Whole},
    error::Result,
    model::{Discriminator, Record},
    pipeline::{Pipeline, Writing, settle},
};

/// A pipeline that is awaited; see [`Collection::aggregate`](crate::Collection::aggregate).
///
/// Awaiting it gives all documents in a `Vec`. For one, end it with [`first`](Pipeline::first); for more than fit in
/// memory, with [`cursor`](Pipeline::cursor).
///
/// # Errors
///
/// [Decode](crate::Error::is_decode) when a document does not fit the type of the output.
pub type Aggregate<'a, S, O = S> = Pipeline<S, O, Run<'a>>;

/// Where and how a pipeline runs.
pub struct Run<'a> {
    pub(super) target: Target,
    pub(super) options: AggregateOptions,
    pub(super) session: Option<&'a mut Session>,
    /// What tells its documents apart, in a collection of several models.
    own: Option<Discriminator>,
}

impl Run<'_> {
    pub(crate) fn on_collection<D: Record>(collection: &Collection<D>) -> Self {
        Self { own: D::DISCRIMINATOR, ..Self::on(Target::Collection(collection.untyped())) }
    }

    pub(crate) fn on_database(database: &Database) -> Self {
        Self::on(Target::Database(database.clone()))
    }

    fn on(target: Target) -> Self {
        Self { target, options: AggregateOptions::default(), session: None, own: None }
    }
}

impl<'a, S, O: 'static> Pipeline<S, O, Run<'a>> {
    setters! {
        session batch_size hint collation max_time comment allow_disk_use bypass_document_validation max_await_time
        let_vars read_concern write_concern selection_criteria
    }

    /// How long the operation may take, with all its retries; of a [`cursor`](Self::cursor), each fetch of a batch. Zero
    /// is without limit. It fails with a [timeout](crate::Error::is_timeout) then.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.target.scope_mut().set_timeout(limit);
        self
    }

    /// A cursor over the documents.
    ///
    /// # Errors
    ///
    /// When the server refuses the pipeline or cannot be reached.
    pub async fn cursor(self) -> Result<Cursor<'a, O>> {
        let target = self.target.clone();
        if target.scope().is_plain() {
            return self.open().await;
        }
        let cursor = target.scoped("Aggregate", Box::pin(self.open())).await?;
        Ok(cursor.limited(target.scope().limits()))
    }

    /// The stages that are sent: about documents of the model only.
    pub(super) fn into_run(self) -> (Result<Vec<Document>>, Run<'a>) {
        let (mut stages, run) = self.into_parts();
        if let Ok(stages) = &mut stages {
            settle(stages, &|declared| run.target.scope().neighbour(declared));
        }
        match run.own {
            None => (stages, run),
            Some(own) => (stages.and_then(|stages| Ok(own.begin(stages)?)), run),
        }
    }

    async fn open(self) -> Result<Cursor<'a, O>> {
        let (stages, Run { target, options, session, .. }) = self.into_run();
        Ok(Cursor::new(target.open(stages?, options, session).await?, Whole))
    }

    /// The first document, or `None`. Adds no `$limit`: say [`limit(1)`](Pipeline::limit) where the server can use it.
    ///
    /// # Errors
    ///
    /// As [`cursor`](Self::cursor), and when the document does not fit.
    pub async fn first(self) -> Result<Option<O>>
    where
        Whole: ReadRow<O>,
    {
        self.cursor().await?.try_next().await
    }
}

impl<'a, S, O> IntoFuture for Pipeline<S, O, Run<'a>>
where
    S: 'static,
    O: Send + 'static,
    Whole: ReadRow<O>,
{
    type Output = Result<Vec<O>>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let target = self.target.clone();
            let all = async move { self.open().await?.collect().await };
            match target.scope().is_plain() {
                true => all.await,
                false => target.scoped("Aggregate", Box::pin(all)).await,
            }
        })
    }
}

impl<'a, S: 'static> IntoFuture for Writing<S, Run<'a>> {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let written = self.pipeline.into_future();
        Box::pin(async move { written.await.map(drop) })
    }
}

/// For the setters of options, which all actions share.
#[doc(hidden)]
impl<'a, S, O> Deref for Pipeline<S, O, Run<'a>> {
    type Target = Run<'a>;

    fn deref(&self) -> &Run<'a> {
        &self.attached
    }
}

#[doc(hidden)]
impl<S, O> DerefMut for Pipeline<S, O, Run<'_>> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.attached
    }
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("options", &self.options).finish_non_exhaustive()
    }
}
