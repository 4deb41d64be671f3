//! Where and how a pipeline merges its documents into a collection.

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document, doc};

use super::{Input, place::declared};
use crate::{
    error::EncodeError,
    model,
    path::{Field, Readable, usable},
    update::UpdatePipeline,
};

/// What [`merge`](super::Pipeline::merge) does with a document that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenMatched {
    /// Replaces the fields that both have; the others stay.
    #[default]
    Merge,
    /// Replaces the document.
    Replace,
    /// Leaves it as it is; the server refuses this together with [`WhenNotMatched::Discard`].
    KeepExisting,
    /// Stops with an error; what was written stays.
    Fail,
}

/// What [`merge`](super::Pipeline::merge) does with a document that is not there yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenNotMatched {
    /// Inserts it.
    #[default]
    Insert,
    /// Drops it.
    Discard,
    /// Stops with an error; what was written stays.
    Fail,
}

/// Where and how [`merge`](super::Pipeline::merge) writes documents of type `D`.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until `merge` takes it"]
pub struct Merge<D> {
    on: Result<Vec<Bson>, EncodeError>,
    database: Option<String>,
    variables: Result<Document, EncodeError>,
    matched: Result<Bson, EncodeError>,
    not_matched: &'static str,
    document: PhantomData<fn() -> D>,
}

impl<D> Merge<D> {
    /// Into the collection of `D`, by `_id`; documents that are there are merged, others inserted.
    ///
    /// Where `D` shares its collection, a document of another model is not touched: see [`merge`](super::Pipeline::merge).
    pub fn new() -> Self {
        Self {
            on: Ok(Vec::new()),
            database: None,
            variables: Ok(Document::new()),
            matched: Ok("merge".into()),
            not_matched: "insert",
            document: PhantomData,
        }
    }

    /// Into the collection of this name in another database of the server; it is created where it is not there.
    pub fn database(mut self, database: &str) -> Self {
        self.database = Some(database.to_owned());
        self
    }

    /// A value for the changes of [`when_matched_update`](Self::when_matched_update), where it is `expr::variable(name)`
    /// (`let`), beside `new`. It is computed from the document that comes in.
    ///
    /// The server refuses a name that does not begin with a small letter.
    pub fn variable<I: Input<D>>(mut self, name: &str, value: I) -> Self {
        self.variables = self.variables.and_then(|mut variables| {
            variables.insert(name, value.into_input().render()?);
            Ok(variables)
        });
        self
    }

    /// A field by which documents are found, instead of `_id`; repeat it for several. It needs a unique index on them, which
    /// is not partial: that of one model of several in a collection is, so declare it on the enum.
    pub fn on<T, P: Readable>(mut self, field: Field<D, T, P>) -> Self {
        self.on = self.on.and_then(|mut on| {
            on.push(usable(field.name())?.into_owned().into());
            Ok(on)
        });
        self
    }

    /// What to do with a document that is there already.
    pub fn when_matched(mut self, then: WhenMatched) -> Self {
        let then = match then {
            WhenMatched::Merge => "merge",
            WhenMatched::Replace => "replace",
            WhenMatched::KeepExisting => "keepExisting",
            WhenMatched::Fail => "fail",
        };
        self.matched = Ok(then.into());
        self
    }

    /// Changes a document that is there already; the new one is `expr::variable("new")`.
    pub fn when_matched_update(mut self, update: UpdatePipeline<D>) -> Self {
        let stages = update.into_stages();
        self.matched = stages
            .map(|stages| stages.into_iter().map(Bson::Document).collect::<Vec<_>>().into())
            .map_err(|error| EncodeError::argument(error.to_string()));
        self
    }

    /// What to do with a document that is not there yet.
    pub fn when_not_matched(mut self, then: WhenNotMatched) -> Self {
        self.not_matched = match then {
            WhenNotMatched::Insert => "insert",
            WhenNotMatched::Discard => "discard",
            WhenNotMatched::Fail => "fail",
        };
        self
    }

    pub(super) fn render(self) -> Result<Document, EncodeError>
    where
        D: model::Document,
    {
        let mut stage = match self.database {
            None => doc! { "into": declared(D::COLLECTION) },
            // There, it is called as it is declared.
            Some(database) => doc! { "into": { "db": database, "coll": D::COLLECTION } },
        };
        let on = self.on?;
        if !on.is_empty() {
            stage.insert("on", on);
        }
        let mut variables = self.variables?;
        if !variables.is_empty() {
            // The server defines it unasked only where there are no others, or documents are inserted.
            variables.entry("new").or_insert_with(|| "$$ROOT".into());
            stage.insert("let", variables);
        }
        let matched = self.matched?;
        stage.insert(
            "whenMatched",
            match D::DISCRIMINATOR {
                None => matched,
                Some(own) => own.guard(matched),
            },
        );
        stage.insert("whenNotMatched", self.not_matched);
        Ok(stage)
    }
}

impl<D> Default for Merge<D> {
    fn default() -> Self {
        Self::new()
    }
}
