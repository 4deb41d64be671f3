//! Stages that write what a pipeline gives into a collection.

use std::fmt;

use mongodb::bson::{Document, doc};

use super::{Merge, Pipeline, place::declared};
use crate::{
    codec::{Decode, RawValue},
    error::{DecodeError, EncodeError},
    model,
};

/// A pipeline over documents of type `S` that ends by writing: it gives nothing, and no stage can follow.
///
/// Options are set before the last stage. A value of it runs by [`Pipeline::then_write`].
#[must_use = "a pipeline does nothing until it runs: one of a collection is awaited, another is given to what takes it"]
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
    /// As [`Pipeline::with_declared_names`], with the collection that is written.
    pub fn with_declared_names(self) -> Self {
        Self { pipeline: self.pipeline.with_declared_names() }
    }

    /// The stages that are sent.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::to_stages`].
    pub fn to_stages(&self) -> crate::Result<Vec<Document>> {
        self.pipeline.to_stages()
    }
}

/// A pipeline to which stages can be added.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "no stage can follow `merge` and `out`: they end a pipeline",
    label = "a stage after the last one",
    note = "move this stage before the one that writes"
)]
pub trait GoesOn {}

macro_rules! ended {
    ($(($($argument:ident)*): $($stage:ident)*;)*) => {$( ended!(@ [$($argument)*] $($stage)*); )*};
    (@ $arguments:tt $($stage:ident)*) => { $( ended!(@@ $arguments $stage); )* };
    (@@ [$($argument:ident)*] $stage:ident) => {
        // Gives a pipeline, so that the stages after it are no mistakes of their own.
        #[doc(hidden)]
        pub fn $stage<$($argument),*>(self, $(_: $argument),*) -> Pipeline<S, S, A>
        where
            Self: GoesOn,
        {
            unreachable!("the pipeline has ended")
        }
    };
}

/// The stages of a pipeline that has not ended, for the compiler's message.
impl<S, A> Writing<S, A> {
    ended! {
        (): count out;
        (B): filter sort limit skip sample unset sort_by_count group_all project add_fields replace_with replace_root;
        (B): unwind unwind_with_index unwind_or_none facet union_with redact densify fill geo_near merge out_to then;
        (B): lookup_pipeline raw_stage raw_stages with_fields unwind_or_none_with_index unwind_elements;
        (B C): set group_by lookup lookup_one graph_lookup set_window_fields union_with_named out_to_database;
        (B C D): bucket bucket_or_none bucket_auto set_window_fields_by;
        (B C D): lookup_into lookup_documents lookup_pipeline_where;
        (B C D E): bucket_or bucket_auto_round;
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

/// Documents that have a collection of their own, which can be written.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "documents of type `{Self}` have no collection that they could be written into",
    label = "not a model with a collection",
    note = "`merge` and `out` write a model with `#[derive(Document)]` that is no view: let the stage before give such a one",
    note = "`out_to(\"name\")` replaces a collection by documents of any type"
)]
pub trait Keeps: model::Document + model::ReadWrite {}

#[diagnostic::do_not_recommend]
impl<D: model::Document + model::ReadWrite> Keeps for D {}

impl<S, O, A> Pipeline<S, O, A> {
    /// Writes the documents into the collection of their model (`$merge`); the last stage.
    ///
    /// One model of several in a collection does not overwrite documents of the others: where one of them has the `_id`, or
    /// what [`Merge::on`] names, it stops with a [command](crate::Error::is_command) error that names that document. What was
    /// written before stays.
    pub fn merge(self, merge: Merge<O>) -> Writing<S, A>
    where
        O: Keeps,
    {
        // Written with what tells the model apart, where it shares its collection.
        let pipeline = match O::DISCRIMINATOR {
            None => self,
            Some(own) => self.raw_stage(own.set()),
        };
        Writing { pipeline: pipeline.stage("$merge", merge.render()) }
    }

    /// Replaces the collection of their model by the documents (`$out`); the last stage. Its indexes stay.
    ///
    /// One model of several in a collection cannot: the pipeline is an [argument](crate::Error::is_argument) error.
    pub fn out(self) -> Writing<S, A>
    where
        O: Keeps,
    {
        let name = model::refuse::<O>("`out`, which replaces all documents,", "write them by `merge`");
        let name =
            name.map(|()| declared(O::COLLECTION)).map_err(|error| EncodeError::argument(error.to_string()));
        Writing { pipeline: self.stage("$out", name) }
    }

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
