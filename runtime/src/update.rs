//! Typed updates: what an operation changes in the documents it finds.
//!
//! A change comes from a path and an operator; several stand in a tuple. Two changes that write one path, or a path
//! and its parent, do not compile; put together at run time, they are an error before anything is sent.
//!
//! ```
//! use odmium::{bson::doc, prelude::*, update::Update};
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, age: i32, name: String, nick: Option<String> }
//!
//! let update = Update::new().and((User.age.inc(1), User.name.set("Ann"), User.nick.unset()));
//! assert_eq!(
//!     update.to_document()?,
//!     doc! { "$inc": { "age": 1 }, "$set": { "name": "Ann" }, "$unset": { "nick": "" } },
//! );
//! # Ok::<(), odmium::Error>(())
//! ```

mod array;
mod change;
mod conflict;
mod date;
mod disjoint;
mod elements;
mod map;
mod numeric;
mod patch;
mod pipeline;
mod rename;
mod render;
mod set;

use std::marker::PhantomData;

use mongodb::{
    bson::{Bson, Document},
    options::UpdateModifications,
};

// Named by generated code only.
pub(crate) use self::pipeline::checked;
pub use self::{
    array::{Growable, PushEach},
    change::{Change, IntoUpdate},
    date::Clock,
    elements::UpdateWhere,
    numeric::Numeric,
    patch::Patch,
    pipeline::UpdatePipeline,
    rename::Rename,
    set::Optional,
};
#[doc(hidden)]
pub use self::{disjoint::BesideKey, patch::patch};
use crate::{
    error::{EncodeError, Error, Result},
    path::Name,
};

/// The changes that an operation makes to documents of type `D`.
#[must_use = "an update does nothing until an operation takes it"]
pub struct Update<D> {
    steps: Vec<Step>,
    document: PhantomData<fn() -> D>,
}

#[derive(Clone, Debug)]
enum Step {
    /// `{op: {path: value}}`.
    Write {
        op: &'static str,
        path: Name,
        value: Result<Bson, EncodeError>,
        /// The filters of the picked elements in the path, the outermost first.
        picked: Vec<Result<Document, EncodeError>>,
    },
    Raw(Document),
    Pipeline(Vec<pipeline::Stage>),
}

impl<D> Update<D> {
    /// No change yet; to be filled by [`and`](Self::and). An operation refuses an update without changes.
    pub fn new() -> Self {
        Self { steps: Vec::new(), document: PhantomData }
    }

    pub(crate) fn write(op: &'static str, path: Name, value: Result<Bson, EncodeError>) -> Self {
        Self { steps: vec![Step::Write { op, path, value, picked: Vec::new() }], document: PhantomData }
    }

    /// An update in the server's own form, for operators that have no typed one: `doc! { "$mul": { "price": 2 } }`.
    pub fn raw(update: Document) -> Self {
        Self { steps: vec![Step::Raw(update)], document: PhantomData }
    }

    /// An update by stages of an aggregation pipeline, in the server's own form: `$set`, `$unset`, `$replaceWith`.
    ///
    /// It is a whole update: with other changes beside it, the operation is an error.
    pub fn raw_pipeline(stages: impl IntoIterator<Item = Document>) -> Self {
        stages.into_iter().fold(UpdatePipeline::new(), UpdatePipeline::raw_stage).into_update()
    }

    /// Adds changes.
    ///
    /// Conflicts with the changes that are there already show when the update is used: the operation then gives an
    /// error and sends nothing.
    pub fn and<U: IntoUpdate<D>>(self, more: U) -> Self {
        const { U::DISJOINT }
        self.join(more)
    }

    fn join<U: IntoUpdate<D>>(mut self, more: U) -> Self {
        self.steps.extend(more.into_update().steps);
        self
    }

    /// Whether there is no change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The document that is sent.
    ///
    /// # Errors
    ///
    /// When there is no change, when two changes write one path or a path and its parent, or when a value cannot be
    /// written as BSON.
    pub fn to_document(&self) -> Result<Document> {
        match self.clone().into_modifications(&mut None)? {
            UpdateModifications::Document(update) => Ok(update),
            _ => Err(Error::argument("this update is a pipeline and no document: see `to_pipeline`")),
        }
    }

    /// The stages that are sent, of an update that is a pipeline; `None` for others.
    ///
    /// # Errors
    ///
    /// As [`to_document`](Self::to_document).
    pub fn to_pipeline(&self) -> Result<Option<Vec<Document>>> {
        match self.clone().into_modifications(&mut None)? {
            UpdateModifications::Pipeline(stages) => Ok(Some(stages)),
            _ => Ok(None),
        }
    }

    /// The filters that are sent for the elements that [`update_where`](crate::path::Field::update_where) picks.
    ///
    /// # Errors
    ///
    /// As [`to_document`](Self::to_document).
    pub fn array_filters(&self) -> Result<Vec<Document>> {
        let mut filters = None;
        self.clone().into_modifications(&mut filters)?;
        Ok(filters.unwrap_or_default())
    }

    /// What is sent; the filters of picked elements join those that the operation has.
    pub(crate) fn into_modifications(
        self,
        array_filters: &mut Option<Vec<Document>>,
    ) -> Result<UpdateModifications> {
        let rendered = render::render(self.steps, array_filters.as_deref().unwrap_or_default())?;
        if !rendered.array_filters.is_empty() {
            array_filters.get_or_insert_default().extend(rendered.array_filters);
        }
        Ok(rendered.update)
    }
}

impl<D> Default for Update<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> Clone for Update<D> {
    fn clone(&self) -> Self {
        Self { steps: self.steps.clone(), document: PhantomData }
    }
}

impl<D> std::fmt::Debug for Update<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.clone().into_modifications(&mut None) {
            Ok(UpdateModifications::Document(document)) => write!(f, "Update({document})"),
            Ok(other) => write!(f, "Update({other:?})"),
            Err(error) => write!(f, "Update({error})"),
        }
    }
}
