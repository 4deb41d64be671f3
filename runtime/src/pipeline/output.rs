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
        (B): lookup_pipeline raw_stage with_fields;
        (B C): set group_by lookup lookup_one graph_lookup set_window_fields;
        (B C D): bucket bucket_auto set_window_fields_by;
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
    database: Option<String>,
    variables: Result<Document, EncodeError>,
    matched: Result<Bson, EncodeError>,
    not_matched: &'static str,
    document: PhantomData<fn() -> D>,
}

impl<D> Merge<D> {
    /// Into the collection of `D`, by `_id`; documents that are there are merged, others inserted.
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

    fn render(self, collection: &str) -> Result<Document, EncodeError> {
        let mut stage = match self.database {
            None => doc! { "into": collection },
            Some(database) => doc! { "into": { "db": database, "coll": collection } },
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
        stage.insert("whenMatched", self.matched?);
        stage.insert("whenNotMatched", self.not_matched);
        Ok(stage)
    }
}

impl<D> Default for Merge<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, O, A> Pipeline<S, O, A> {
    /// Writes the documents into the collection of their model (`$merge`); the last stage.
    pub fn merge(self, merge: Merge<O>) -> Writing<S, A>
    where
        O: Keeps,
    {
        // Written with what tells the model apart, where it shares its collection.
        let pipeline = match O::DISCRIMINATOR {
            None => self,
            Some(own) => self.stage("$set", Ok(own.to_document())),
        };
        Writing { pipeline: pipeline.stage("$merge", merge.render(O::COLLECTION)) }
    }

    /// Replaces the collection of their model by the documents (`$out`); the last stage. Its indexes stay.
    ///
    /// One model of several in a collection cannot: the pipeline is an [argument](crate::Error::is_argument) error.
    pub fn out(self) -> Writing<S, A>
    where
        O: Keeps,
    {
        let name = model::refuse::<O>("`out`, which replaces all documents,", "write them by `merge`");
        let name = name.map(|()| O::COLLECTION).map_err(|error| EncodeError::argument(error.to_string()));
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
