//! Typed filters: which documents an operation is about.
//!
//! A filter comes from a path and an operator, and is joined with `&`, `|` and `!`:
//!
//! ```
//! use odmium::{bson::doc, prelude::*};
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, age: i32, city: Option<String> }
//!
//! let filter = User.age.gte(18) & User.city.eq("Paris");
//! assert_eq!(filter.to_document()?, doc! { "age": { "$gte": 18 }, "city": "Paris" });
//! # Ok::<(), odmium::Error>(())
//! ```

mod array;
mod bits;
mod compare;
mod element;
mod evaluate;
mod exists;
mod expr;
mod geo;
mod kind;
mod logic;
mod node;
mod number;
mod pattern;
mod render;
mod search;
mod string;
mod value;

use std::{borrow::Cow, marker::PhantomData};

use mongodb::bson::{Bson, Document};

use self::node::{Node, Place};
pub(crate) use self::value::own_value;
pub use self::{
    array::List,
    bits::{BitMask, Bits},
    compare::Ordered,
    element::Element,
    geo::{GeoSearch, Geometry, IntoGeometry, Near},
    kind::{BsonType, BsonTypes},
    number::Integer,
    pattern::{Pattern, RegexOptions},
    search::{Search, TextSearch},
    string::Text,
    value::{IntoValue, Value},
};
pub(crate) use self::{compare::list, element::value_tests};
use crate::{
    error::{EncodeError, Error, Result},
    model::Record,
    path::{Name, usable},
};

/// A condition on documents of type `D`.
///
/// It is a value: build it without a server, clone it, keep it, print it.
#[must_use = "a filter does nothing until an operation takes it"]
pub struct Filter<D> {
    node: Node,
    document: PhantomData<fn() -> D>,
}

impl<D> Filter<D> {
    #[inline]
    fn new(node: Node) -> Self {
        Self { node, document: PhantomData }
    }

    #[inline]
    pub(crate) fn test(path: Name, op: &'static str, value: Result<Bson, EncodeError>) -> Self {
        Self::new(match (usable(path), value) {
            (Ok(path), Ok(value)) => Node::Test { path, op, value },
            (Err(error), _) | (_, Err(error)) => return Self::invalid(error),
        })
    }

    /// A condition on the whole document: `{op: value}`.
    pub(crate) fn whole(op: &'static str, value: impl Into<Bson>) -> Self {
        Self::new(Node::Whole { op, value: value.into() })
    }

    /// Equality of every field of a key.
    pub(crate) fn of_key(key: &[(Name, Result<Bson, EncodeError>)]) -> Self {
        Self::all(key.iter().map(|(name, value)| Self::test(name.clone(), "$eq", value.clone())))
    }

    fn invalid(error: EncodeError) -> Self {
        Self::new(Node::invalid(error))
    }

    /// An argument that cannot be used; reported when the filter is.
    fn refused(message: impl Into<Cow<'static, str>>) -> Self {
        Self::invalid(EncodeError::argument(message))
    }

    /// Every document.
    pub fn everything() -> Self {
        Self::new(Node::All(Vec::new()))
    }

    /// A filter in the server's own form, for operators that have no typed one.
    ///
    /// It is sent as it is. Never build the document from what a user sends: that would let them write operators.
    pub fn raw(document: Document) -> Self {
        Self::new(Node::Raw(document))
    }

    /// The document that is sent.
    ///
    /// # Errors
    ///
    /// When a value in it cannot be written as BSON ([encode](crate::Error::is_encode)), or when an argument or the
    /// place of a condition makes no sense to the server ([argument](crate::Error::is_argument)).
    pub fn to_document(&self) -> Result<Document> {
        Ok(self.clone().render()?)
    }

    /// The same without a copy.
    ///
    /// # Errors
    ///
    /// As [`to_document`](Self::to_document).
    #[inline]
    pub fn into_document(self) -> Result<Document> {
        Ok(self.render()?)
    }

    #[inline]
    pub(crate) fn render(self) -> Result<Document, EncodeError> {
        render::document(self.node, Place::default())
    }
}

impl<D: Record> Filter<D> {
    /// The document that is sent by an operation that cannot have the order of `near`.
    pub(crate) fn without_near(self, operation: &str) -> Result<Document> {
        let document = self.into_query()?;
        if render::has_near(&document) {
            return Err(Error::argument(format!(
                "`near` also sorts by distance, which {operation} cannot have: use `within_circle`"
            )));
        }
        Ok(document)
    }
}

impl<D> Clone for Filter<D> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone())
    }
}

impl<D> PartialEq for Filter<D> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<D> std::fmt::Debug for Filter<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.to_document() {
            Ok(document) => write!(f, "Filter({document})"),
            Err(error) => write!(f, "Filter({error})"),
        }
    }
}
