//! Stages that write what a pipeline gives into a collection.

use std::{fmt, marker::PhantomData};

use mongodb::bson::{Bson, Document, doc};

use super::{Input, Pipeline};
use crate::{
    codec::{Decode, RawValue},
    error::{DecodeError, EncodeError},
    model,
    path::{Field, Readable, usable},
    update::UpdatePipeline,
};

/// A pipeline over documents of type `S` that ends by writing: it gives nothing, and no stage can follow.
///
/// Options are set before the last stage. A value of it runs by [`Pipeline::then_write`].
#[must_use = "a pipeline does nothing until it is run"]
pub struct Writing<S, A = ()> {
    pub(crate) pipeline: Pipeline<S, Written, A>,
}

/// What such a pipeline gives.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written;

impl<'de> Decode<'de> for Written {
    fn decode(_: RawValue<'de>) -> Result<Self, DecodeError> {
        Ok(Self)
    }
}

impl<S, A> Writing<S, A> {
    /// The stages that are sent.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::to_stages`].
    pub fn to_stages(&self) -> crate::Result<Vec<Document>> {
        self.pipeline.to_stages()
    }
}

impl<S, A: Clone> Clone for Writing<S, A> {
    fn clone(&self) -> Self {
        Self { pipeline: self.pipeline.clone() }
    }
}

impl<S, A> fmt::Debug for Writing<S, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pipeline.fmt(f)
    }
}

/// What [`merge`](Pipeline::merge) does with a document that is there already.
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

/// What [`merge`](Pipeline::merge) does with a document that is not there yet.
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

/// Where and how [`merge`](Pipeline::merge) writes documents of type `D`.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until `merge` takes it"]
pub struct Merge<D> {
    on: Result<Vec<Bson>, EncodeError>,
    into: Bson,
    variables: Result<Document, EncodeError>,
    matched: Result<Bson, EncodeError>,
    not_matched: &'static str,
    document: PhantomData<fn() -> D>,
}

impl<D: model::Document + model::ReadWrite> Merge<D> {
    /// Into the collection of `D`, by `_id`; documents that are there are merged, others inserted.
    pub fn new() -> Self {
        Self {
            on: Ok(Vec::new()),
            into: D::COLLECTION.into(),
            variables: Ok(Document::new()),
            matched: Ok("merge".into()),
            not_matched: "insert",
            document: PhantomData,
        }
    }

    /// Into the collection of this name in another database of the server; it is created where it is not there.
    pub fn database(mut self, database: &str) -> Self {
        self.into = doc! { "db": database, "coll": D::COLLECTION }.into();
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

    /// A field by which documents are found, instead of `_id`; repeat it for several. It needs a unique index on them.
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

    fn render(self) -> Result<Document, EncodeError> {
        let mut stage = doc! { "into": self.into };
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
        stage.insert("whenMatched", self.matched?);
        stage.insert("whenNotMatched", self.not_matched);
        Ok(stage)
    }
}

impl<D: model::Document + model::ReadWrite> Default for Merge<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, O: model::Document + model::ReadWrite, A> Pipeline<S, O, A> {
    /// Writes the documents into the collection of their model (`$merge`); the last stage.
    pub fn merge(self, merge: Merge<O>) -> Writing<S, A> {
        Writing { pipeline: self.of_kind().stage("$merge", merge.render()) }
    }

    /// Replaces the collection of their model by the documents (`$out`); the last stage. Its indexes stay.
    ///
    /// One model of several in a collection cannot: the pipeline is an [argument](crate::Error::is_argument) error.
    pub fn out(self) -> Writing<S, A> {
        let name = model::refuse::<O>("`out`, which replaces all documents,", "write them by `merge`");
        let name = name.map(|()| O::COLLECTION).map_err(|error| EncodeError::argument(error.to_string()));
        Writing { pipeline: self.stage("$out", name) }
    }

    /// Writes what tells the model apart, where it shares its collection.
    fn of_kind(self) -> Self {
        match O::DISCRIMINATOR {
            None => self,
            Some(own) => self.stage("$set", Ok(own.to_document())),
        }
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Replaces a collection of the same database by the documents (`$out`); the last stage.
    pub fn out_to(self, collection: &str) -> Writing<S, A> {
        Writing { pipeline: self.stage("$out", Ok(collection)) }
    }

    /// The same into a collection of another database of the server, which is created where it is not there.
    pub fn out_to_database(self, database: &str, collection: &str) -> Writing<S, A> {
        Writing { pipeline: self.stage("$out", Ok(doc! { "db": database, "coll": collection })) }
    }

    /// Adds the stages of a pipeline that ends by writing.
    pub fn then_write(self, next: Writing<O>) -> Writing<S, A> {
        Writing { pipeline: self.then(next.pipeline) }
    }
}
