//! Typed expressions: values that the server computes from the fields of a document.
//!
//! An [`Expr<D, T>`](Expr) is computed from a document of type `D` and has a value of type `T`. A field becomes one by
//! arithmetic or by [`Field::expr`]; from there, the operators are methods with the server's names in snake case.
//! Expressions are used in filters ([`Filter::expr`](crate::Filter::expr)) and in updates
//! ([`UpdatePipeline`](crate::update::UpdatePipeline)).
//!
//! ```
//! use odmium::{bson::doc, prelude::*};
//!
//! #[derive(Document)]
//! #[document(collection = "orders")]
//! struct Order { id: Id<Order>, paid: i64, discount: Option<i64>, total: i64, items: Vec<Item> }
//!
//! #[derive(Embedded)]
//! struct Item { price: f64, qty: i32 }
//!
//! let owing = Filter::expr((Order.paid + Order.discount).lt(Order.total));
//! assert_eq!(
//!     owing.to_document()?,
//!     doc! { "$expr": { "$lt": [{ "$add": ["$paid", "$discount"] }, "$total"] } },
//! );
//!
//! let prices = Order.items.expr().map(|item| item.get(Item.price) * item.get(Item.qty));
//! let total = prices.sum();
//! # total.to_bson()?;
//! # Ok::<(), odmium::Error>(())
//! ```
//!
//! # Null and missing
//!
//! Most operators give null when an operand is null or missing, and the types say so: where a field is an `Option`, the
//! result is one. [`if_null`](Expr::if_null) ends that. An operator on which the server fails for null is refused for an
//! `Option`.
//!
//! A field below an optional document (`User.work.zip`, where `work` is an `Option`) has the type that it has within
//! that document: say [`optional`](Expr::optional) where `work` may be missing.

mod arithmetic;
mod array;
mod compare;
mod conditional;
mod convert;
mod date;
mod element;
mod key_value;
mod literal;
mod logic;
mod math;
mod number;
mod object;
mod operand;
mod place;
mod reduce;
mod refused;
mod regex;
mod render;
mod scope;
mod set;
mod term;
mod text;
mod tuple;
mod types;
mod variable;

use std::{fmt, marker::PhantomData};

use mongodb::bson::Bson;

// Named by signatures only.
pub use self::{
    array::{List, array, range, zip},
    compare::Comparand,
    conditional::{Switch, switch},
    convert::Target,
    date::{CalendarUnit, Date, DateParts, DateText, TimeUnit, Weekday, Zoned},
    key_value::{KeyValue, key_value},
    literal::literal,
    number::Number,
    object::{Object, document, object},
    operand::{IntoExpr, Operand},
    regex::RegexMatch,
    text::Text,
    types::Required,
    variable::{now, rand, remove, root, variable},
};
#[doc(hidden)]
pub use self::{
    compare::Comparable,
    number::{Difference, Product, Quotient, Sum, Wire},
    operand::{ByExpr, ByOption, ByValue, Fits},
    place::Single,
    refused::Refused,
    term::Term,
    types::{Known, Never, Nullness, Possible},
};
use self::{
    number::WireOf,
    types::{Nul, Nul2},
};
use crate::{
    error::{EncodeError, Result},
    path::{Field, Path},
};

pub(crate) use self::literal::assigned;

type Rendered = Result<Bson, EncodeError>;

/// A value of type `T` that the server computes from a document of type `D`.
///
/// It is a value: build it without a server, clone it, keep it, print it.
#[must_use = "an expression does nothing until a filter, an update or a view takes it"]
pub struct Expr<D, T> {
    value: Rendered,
    types: PhantomData<fn() -> (D, T)>,
}

impl<D, T> Expr<D, T> {
    pub(crate) fn new(value: Rendered) -> Self {
        Self { value, types: PhantomData }
    }

    /// An expression in the server's own form, for operators that have no typed one.
    ///
    /// The types are taken on trust. Never build it from what a user sends: that would let them write operators.
    ///
    /// ```
    /// # use odmium::{bson::doc, prelude::*, expr::Expr};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, at: odmium::bson::Timestamp }
    /// let seconds: Expr<User, i64> = Expr::raw(doc! { "$tsSecond": "$at" });
    /// # seconds.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn raw(expression: impl Into<Bson>) -> Self {
        Self::new(Ok(expression.into()))
    }

    /// The same expression, its type taken on trust: nothing converts the value.
    pub fn raw_as<U>(self) -> Expr<D, U> {
        Expr::new(self.value)
    }

    /// The same expression as one that may be null or missing.
    pub fn optional(self) -> Expr<D, Option<T>> {
        Expr::new(self.value)
    }

    /// What is sent where an expression stands, such as within `$expr`.
    ///
    /// # Errors
    ///
    /// When a value in it cannot be written as BSON.
    pub fn to_bson(&self) -> Result<Bson> {
        Ok(self.value.clone()?)
    }

    /// What is sent for a computed field of `$project` or `$addFields`.
    ///
    /// Differs from [`to_bson`](Self::to_bson) where the server would take a number, a boolean or a document for
    /// something else than a value.
    ///
    /// # Errors
    ///
    /// As [`to_bson`](Self::to_bson).
    pub fn to_computed(&self) -> Result<Bson> {
        Ok(literal::computed(self.value.clone()?))
    }

    /// As [`to_computed`](Self::to_computed).
    pub(crate) fn computed(self) -> Rendered {
        self.value.map(literal::computed)
    }

    #[inline]
    pub(crate) fn render(self) -> Rendered {
        self.value
    }
}

impl<D, T> Expr<D, Option<Option<T>>> {
    /// The same expression: the server knows one null only.
    pub fn flatten(self) -> Expr<D, Option<T>> {
        Expr::new(self.value)
    }
}

/// As [`Expr::flatten`].
impl<D, T> From<Expr<D, Option<Option<T>>>> for Expr<D, Option<T>> {
    fn from(expression: Expr<D, Option<Option<T>>>) -> Self {
        expression.flatten()
    }
}

/// As [`Expr::optional`].
impl<D, T> From<Expr<D, T>> for Expr<D, Option<T>> {
    fn from(expression: Expr<D, T>) -> Self {
        expression.optional()
    }
}

/// As [`Field::expr`].
impl<D, T, P: Single> From<Field<D, T, P>> for Expr<D, T> {
    fn from(field: Field<D, T, P>) -> Self {
        field.expr()
    }
}

impl<D, T, P: Path> Field<D, T, P> {
    /// The field's value as an expression, for operators that compare or compute on the server.
    ///
    /// ```
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, seen: i32, read: i32 }
    /// let behind = Filter::expr(User.seen.expr().gt(User.read));
    /// # behind.to_document()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn expr(self) -> Expr<D, T>
    where
        P: Single,
    {
        Expr::new(place::value(self.name()))
    }
}

impl<D, T> Clone for Expr<D, T> {
    fn clone(&self) -> Self {
        Self::new(self.value.clone())
    }
}

impl<D, T> fmt::Debug for Expr<D, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Ok(value) => write!(f, "Expr({value})"),
            Err(error) => write!(f, "Expr({error})"),
        }
    }
}
