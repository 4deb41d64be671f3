//! Asking how an operation is carried out, instead of carrying it out.

use std::time::Duration;

use mongodb::{
    bson::{Bson, Document, doc, serialize_to_bson, serialize_to_document},
    options::{FindOptions, ReadConcern, SelectionCriteria, UpdateModifications, UpdateOptions},
};
use serde::Serialize;

use super::{Count, Delete, Find, Run, Target, UpdateMany, UpdateOne, action, in_session};
use crate::{
    Collection, Session,
    error::{Error, Result},
    explain::{Explanation, Verbosity},
    model::Record,
    pipeline::Pipeline,
};

/// Explains an operation; see [`explain`](crate::explain). Its session and options are those of the operation.
///
/// # Errors
///
/// As the operation; the server does not explain in a transaction.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Explain<'a> {
    collection: Collection<Document>,
    command: Result<Document>,
    verbosity: Verbosity,
    max_time: Option<Duration>,
    read_concern: Option<ReadConcern>,
    selection_criteria: Option<SelectionCriteria>,
    session: Option<&'a mut Session>,
}

impl<'a> Explain<'a> {
    fn new<D: Record>(
        collection: &Collection<D>,
        session: Option<&'a mut Session>,
        command: Result<Document>,
    ) -> Self {
        Self {
            collection: collection.untyped(),
            command,
            verbosity: Verbosity::default(),
            max_time: None,
            read_concern: None,
            selection_criteria: None,
            session,
        }
    }

    /// How much it tells; the default is [`Verbosity::ExecutionStats`], which runs the operation.
    pub fn verbosity(mut self, verbosity: Verbosity) -> Self {
        self.verbosity = verbosity;
        self
    }

    async fn run(self) -> Result<Explanation> {
        let mut command = doc! { "explain": self.command?, "verbosity": self.verbosity.name() };
        if let Some(time) = self.max_time {
            command.insert("maxTimeMS", i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        }
        insert(&mut command, "readConcern", self.read_concern.as_ref())?;
        let collection = self.collection.inner();
        let database = collection.client().database(&collection.namespace().db);
        let mut run = database.run_command(command);
        if let Some(criteria) = self.selection_criteria.or_else(|| collection.selection_criteria().cloned()) {
            run = run.selection_criteria(criteria);
        }
        Ok(Explanation::new(in_session!(self.session, run)?))
    }
}

action!(Explain<> => Explanation);

impl<'a, D: Record, O, R> Find<'a, D, O, R> {
    /// How the server finds the documents; they are not given.
    pub fn explain(self) -> Explain<'a> {
        let Self { collection, filter, mut options, session, selection, .. } = self;
        let (max_time, read_concern) = (options.max_time.take(), options.read_concern.take());
        let selection_criteria = options.selection_criteria.take();
        let command = selection.into_parts().and_then(|(projection, _)| {
            options.projection = projection;
            find(collection.name(), filter.into_query()?, &options)
        });
        let explain = Explain::new(&collection, session, command);
        Explain { max_time, read_concern, selection_criteria, ..explain }
    }
}

impl<'a, D: Record> Count<'a, D> {
    /// How the server counts the documents.
    pub fn explain(self) -> Explain<'a> {
        let Self { collection, filter, options, session } = self;
        let command = || {
            let mut pipeline = vec![doc! { "$match": filter.into_query()? }];
            for (stage, number) in [("$skip", options.skip), ("$limit", options.limit)] {
                if let Some(number) = number {
                    pipeline.push(doc! { stage: i64::try_from(number).unwrap_or(i64::MAX) });
                }
            }
            pipeline.push(doc! { "$group": { "_id": 1, "n": { "$sum": 1 } } });
            let mut command = doc! { "aggregate": collection.name(), "pipeline": pipeline, "cursor": {} };
            insert(&mut command, "hint", options.hint.as_ref())?;
            insert(&mut command, "collation", options.collation.as_ref())?;
            insert(&mut command, "comment", options.comment.as_ref())?;
            Ok(command)
        };
        let explain = Explain::new(&collection, session, command());
        Explain {
            max_time: options.max_time,
            read_concern: options.read_concern,
            selection_criteria: options.selection_criteria,
            ..explain
        }
    }
}

impl<'a, S, O: 'static> Pipeline<S, O, Run<'a>> {
    /// How the server carries out the pipeline; its documents are not given, and `merge` and `out` write nothing.
    pub fn explain(self) -> Explain<'a> {
        let (stages, Run { target, mut options, session, .. }) = self.into_run();
        let (max_time, read_concern) = (options.max_time.take(), options.read_concern.take());
        let selection_criteria = options.selection_criteria.take();
        let (collection, name) = match target {
            Target::Collection(collection) => {
                let name = Bson::from(collection.name());
                (collection, name)
            }
            Target::Database(database) => (database.collection_named("$cmd.aggregate"), Bson::Int32(1)),
        };
        let command = stages.and_then(|stages| {
            let mut command = doc! { "aggregate": name, "pipeline": stages, "cursor": {} };
            insert(&mut command, "allowDiskUse", options.allow_disk_use.as_ref())?;
            insert(&mut command, "hint", options.hint.as_ref())?;
            insert(&mut command, "collation", options.collation.as_ref())?;
            insert(&mut command, "let", options.let_vars.as_ref())?;
            insert(&mut command, "comment", options.comment.as_ref())?;
            Ok(command)
        });
        let explain = Explain::new(&collection, session, command);
        Explain { max_time, read_concern, selection_criteria, ..explain }
    }
}

macro_rules! updates {
    ($($action:ident $many:literal)*) => {$(
        impl<'a, D: Record> $action<'a, D> {
            /// How the server finds and changes the documents; none is changed.
            pub fn explain(self) -> Explain<'a> {
                let Self { collection, filter, update: changes, mut options, session } = self;
                let command = filter.into_query().and_then(|filter| {
                    let changes = changes.into_changes(&mut options.array_filters)?;
                    update(collection.name(), filter, &changes, $many, &options)
                });
                Explain::new(&collection, session, command)
            }
        }
    )*};
}

updates!(UpdateOne false UpdateMany true);

impl<'a, D: Record> Delete<'a, D> {
    /// How the server finds and deletes the documents; none is deleted.
    pub fn explain(self) -> Explain<'a> {
        let Self { collection, filter, many, options, session } = self;
        let command = || {
            let mut delete = doc! { "q": filter.into_query()?, "limit": if many { 0 } else { 1 } };
            insert(&mut delete, "hint", options.hint.as_ref())?;
            insert(&mut delete, "collation", options.collation.as_ref())?;
            let mut command = doc! { "delete": collection.name(), "deletes": [delete] };
            insert(&mut command, "let", options.let_vars.as_ref())?;
            insert(&mut command, "comment", options.comment.as_ref())?;
            Ok(command)
        };
        Explain::new(&collection, session, command())
    }
}

fn find(name: &str, filter: Document, options: &FindOptions) -> Result<Document> {
    let mut command = doc! { "find": name, "filter": filter };
    command.extend(serialize_to_document(options).map_err(|error| invalid(&error))?);
    if options.limit.is_some_and(|limit| limit < 0) {
        command.insert("singleBatch", true);
    }
    Ok(command)
}

fn update(
    name: &str,
    filter: Document,
    changes: &UpdateModifications,
    many: bool,
    options: &UpdateOptions,
) -> Result<Document> {
    let mut update = doc! { "q": filter };
    insert(&mut update, "u", Some(changes))?;
    update.insert("multi", many);
    insert(&mut update, "upsert", options.upsert.as_ref())?;
    insert(&mut update, "arrayFilters", options.array_filters.as_ref())?;
    insert(&mut update, "hint", options.hint.as_ref())?;
    insert(&mut update, "collation", options.collation.as_ref())?;
    insert(&mut update, "sort", options.sort.as_ref())?;
    let mut command = doc! { "update": name, "updates": [update] };
    insert(&mut command, "bypassDocumentValidation", options.bypass_document_validation.as_ref())?;
    insert(&mut command, "let", options.let_vars.as_ref())?;
    insert(&mut command, "comment", options.comment.as_ref())?;
    Ok(command)
}

/// Adds an option that is set.
fn insert<T: Serialize>(document: &mut Document, key: &str, value: Option<&T>) -> Result<()> {
    if let Some(value) = value {
        document.insert(key, serialize_to_bson(value).map_err(|error| invalid(&error))?);
    }
    Ok(())
}

#[cold]
fn invalid(error: &mongodb::bson::error::Error) -> Error {
    Error::argument(format!("an option of this operation cannot be written as BSON: {error}"))
}
