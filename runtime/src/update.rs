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
mod numeric;
mod set;

use std::marker::PhantomData;

use mongodb::bson::{Bson, Document};

pub(crate) use self::conflict::check_key;
pub use self::{
    array::PushEach,
    change::{Change, IntoUpdate},
    date::Clock,
    numeric::Numeric,
    set::Optional,
};
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
    },
    Raw(Document),
}

impl<D> Update<D> {
    /// No change yet; to be filled by [`and`](Self::and). An operation refuses an update without changes.
    pub fn new() -> Self {
        Self { steps: Vec::new(), document: PhantomData }
    }

    pub(crate) fn write(op: &'static str, path: Name, value: Result<Bson, EncodeError>) -> Self {
        Self { steps: vec![Step::Write { op, path, value }], document: PhantomData }
    }

    /// An update in the server's own form, for operators that have no typed one: `doc! { "$mul": { "price": 2 } }`.
    pub fn raw(update: Document) -> Self {
        Self { steps: vec![Step::Raw(update)], document: PhantomData }
    }

    /// Adds changes.
    ///
    /// Conflicts with the changes that are there already show when the update is used: the operation then gives an
    /// error and sends nothing.
    pub fn and<U: IntoUpdate<D>>(mut self, more: U) -> Self {
        const { U::DISJOINT }
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
        self.clone().into_document()
    }

    pub(crate) fn into_document(self) -> Result<Document> {
        let mut update = Document::new();
        let mut written: Vec<Name> = Vec::with_capacity(self.steps.len());
        for step in self.steps {
            match step {
                Step::Raw(raw) => {
                    for (op, changes) in raw {
                        let Bson::Document(changes) = changes else {
                            return Err(Error::argument(format!(
                                "a raw update needs operators: `{op}` must be one, such as `$set`, with a document"
                            )));
                        };
                        for (path, value) in changes {
                            add(&mut update, &mut written, &op, path.into(), value)?;
                        }
                    }
                }
                Step::Write { op, path, value } => add(&mut update, &mut written, op, path, value?)?,
            }
        }
        if update.is_empty() {
            return Err(Error::argument("this update changes nothing: add at least one change"));
        }
        Ok(update)
    }
}

fn add(update: &mut Document, written: &mut Vec<Name>, op: &str, path: Name, value: Bson) -> Result<()> {
    if let Some(other) = written.iter().find(|other| conflict::overlap(other, &path)) {
        return Err(Error::argument(format!(
            "this update writes `{other}` and `{path}`: one change for a path, and none for its parent, is all the \
             server allows"
        )));
    }
    written.push(path.clone());
    match update.get_mut(op) {
        Some(Bson::Document(changes)) => {
            changes.insert(path, value);
        }
        _ => {
            let mut changes = Document::new();
            changes.insert(path, value);
            update.insert(op, changes);
        }
    }
    Ok(())
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
        match self.to_document() {
            Ok(document) => write!(f, "Update({document})"),
            Err(error) => write!(f, "Update({error})"),
        }
    }
}
