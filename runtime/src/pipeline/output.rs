//! Stages that write what a pipeline gives into a collection.

use std::fmt;

use mongodb::bson::Document;

use super::{Merge, Pipeline};
use crate::{
    codec::{Decode, RawValue},
    error::{DecodeError, EncodeError},
    model,
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

impl<S, O: model::Document + model::ReadWrite, A> Pipeline<S, O, A> {
    /// Writes the documents into the collection of their model (`$merge`); the last stage.
    ///
    /// One model of several in a collection does not overwrite documents of the others: where one of them has the `_id`, or
    /// what [`Merge::on`] names, it stops with a [command](crate::Error::is_command) error that names that document. What was
    /// written before stays.
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
            Some(own) => self.raw_stage(own.set()),
        }
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Replaces a collection of the same database by the documents (`$out`); the last stage.
    pub fn out_to(self, collection: &str) -> Writing<S, A> {
        Writing { pipeline: self.stage("$out", Ok(collection)) }
    }

    /// Adds the stages of a pipeline that ends by writing.
    pub fn then_write(self, next: Writing<O>) -> Writing<S, A> {
        Writing { pipeline: self.then(next.pipeline) }
    }
}
