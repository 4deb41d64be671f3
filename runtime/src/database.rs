//! A database.

mod drop;
mod settings;

use std::sync::Arc;

use mongodb::options::CollectionOptions;

pub use self::drop::DropDatabase;
use crate::{
    Client, Collection,
    action::{Aggregate, Run, Target, Watch},
    admin::{IntoCommand, Row, RunCommand, RunCursorCommand},
    change_stream::Event,
    client::{Operation, Scope, State, Watched},
    error::Result,
    gridfs::{Bucket, Metadata},
    model::{Document, Record},
    pipeline::{NoCollection, Pipeline},
};

/// A database of a deployment; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    inner: mongodb::Database,
    scope: Scope,
}

impl Database {
    pub(crate) fn new(inner: mongodb::Database, scope: Scope) -> Self {
        Self { inner, scope }
    }

    /// The collection of a model, under the name that the model declares.
    #[must_use]
    pub fn collection<D: Document>(&self) -> Collection<D> {
        self.collection_named(D::COLLECTION)
    }

    /// A collection under another name, or one of [`bson::Document`](mongodb::bson::Document) for code that knows no model.
    ///
    /// A name that no collection can have is refused by the first operation, before anything is sent.
    #[must_use]
    pub fn collection_named<D: Record>(&self, name: &str) -> Collection<D> {
        Collection::new(self.inner.collection(name), self.scope.clone().collection(self.name(), name))
    }

    /// A collection `name.part` with settings of its own.
    pub(crate) fn part<D: Record>(
        &self,
        name: &str,
        part: &str,
        options: &CollectionOptions,
    ) -> Collection<D> {
        let name = format!("{name}.{part}");
        let inner = self.inner.collection_with_options(&name, options.clone());
        Collection::new(inner, self.scope.clone().collection(self.name(), &name))
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    pub(crate) fn scope_mut(&mut self) -> &mut Scope {
        &mut self.scope
    }

    /// The client that it belongs to.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::of(self.inner.client().clone(), &self.scope)
    }

    /// The GridFS bucket `fs`, whose files carry metadata of type `M`; [`bson::Document`](mongodb::bson::Document) takes any.
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

    /// Runs a pipeline that reads no collection: [`Pipeline::documents`], [`Pipeline::current_op`].
    pub fn aggregate<'a, O>(&self, pipeline: Pipeline<NoCollection, O>) -> Aggregate<'a, NoCollection, O> {
        Pipeline::attached(Run::on_database(self)).then(pipeline)
    }

    /// Watches all collections of the database, but for system collections: await it for a
    /// [`ChangeStream`](crate::ChangeStream) of what happens from then on.
    pub fn watch<'a>(&self) -> Watch<'a, Event<mongodb::bson::Document>> {
        Watch::new(Target::Database(self.clone()))
    }

    /// Runs any command and gives the server's reply: `db.run_command(doc! { "ping": 1 })`.
    pub fn run_command<'a>(&self, command: impl IntoCommand) -> RunCommand<'a> {
        RunCommand::new(self, command)
    }

    /// Runs a command that answers with a cursor, such as `find`, and reads its rows as any type.
    pub fn run_cursor_command<'a, T: Row>(&self, command: impl IntoCommand) -> RunCursorCommand<'a, T> {
        RunCursorCommand::new(self, command)
    }

    /// Runs an operation under what is set on the database.
    pub(crate) fn scoped<'a, T>(
        &self,
        name: &'static str,
        work: impl Future<Output = Result<T>> + Send + 'a,
    ) -> Watched<'a, T> {
        self.scope.watch(Operation { name, database: self.name(), collection: None }, Box::pin(work))
    }

    /// The driver's database.
    #[must_use]
    pub fn inner(&self) -> &mongodb::Database {
        &self.inner
    }
}

impl From<mongodb::Database> for Database {
    fn from(inner: mongodb::Database) -> Self {
        let scope = Scope::new(Arc::<State>::default()).database(inner.name());
        Self { inner, scope }
    }
}
