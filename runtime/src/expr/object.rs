//! Functions of documents.

use std::{
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

use mongodb::bson::{Bson, Document, doc};

use super::{
    Expr, IntoExpr, Known, List, Nul, Operand, Rendered, Single,
    place::{is_number, value_below},
    render::{chain, named, unary},
};
use crate::{
    error::EncodeError,
    path::{Field, Holds, Name, usable},
    pipeline::{NoBase, Parts, Shaped},
    update::Optional,
};

/// Fields of a value that is a document.
impl<D, T> Expr<D, T> {
    /// A field of the document: `item.get(Item.price)`.
    pub fn get<M, U, P: Single>(&self, field: Field<M, U, P>) -> Expr<D, T::Of<U>>
    where
        T: Holds<M>,
    {
        Expr::new(self.value.clone().and_then(|value| Ok(value_below(value, &usable(field.name())?))))
    }

    /// The document with a field set (`$setField`).
    ///
    /// # Errors
    ///
    /// When the expression is used, [argument](crate::Error::is_argument): the path has a number in it (`lots.0`), which
    /// would be a key here and no position in an array.
    pub fn set_field<M, U, P: Single, K>(self, field: Field<M, U, P>, value: impl IntoExpr<D, U, K>) -> Self
    where
        T: Holds<M>,
    {
        Self::new(with(self.value, field.name(), value.into_expr().value))
    }

    /// The document without a field (`$unsetField`).
    ///
    /// # Errors
    ///
    /// As [`set_field`](Self::set_field).
    pub fn unset_field<M, U: Optional, P: Single>(self, field: Field<M, U, P>) -> Self
    where
        T: Holds<M>,
    {
        Self::new(with(self.value, field.name(), Ok("$$REMOVE".into())))
    }

    /// The document with the fields of another one, which win (`$mergeObjects`); null counts as a document without
    /// fields.
    pub fn merge_objects<K>(self, other: impl IntoExpr<D, Option<T>, K>) -> Self {
        Self::new(chain("$mergeObjects", self.value, other.into_expr().value))
    }

    /// An array of `{ k: key, v: value }` (`$objectToArray`). The server fails where the value is no document.
    pub fn object_to_array(self) -> Expr<D, Nul<T, Vec<Document>>>
    where
        T: Map,
    {
        Expr::new(unary("$objectToArray", self.value))
    }
}

/// Documents from arrays. Null gives null.
impl<D, T: List> Expr<D, T> {
    /// A document of pairs of key and value, or of `{ k: key, v: value }` (`$arrayToObject`). The server fails where an
    /// element is neither.
    pub fn array_to_object(self) -> Expr<D, Nul<T, Document>> {
        Expr::new(unary("$arrayToObject", self.value))
    }
}

/// A type with keys that are not known in advance.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no map",
    label = "this operator needs a `HashMap`, a `BTreeMap` or a `bson::Document`"
)]
pub trait Map: Known {}

impl Map for Document {}
impl<K, V, S> Map for HashMap<K, V, S> {}
impl<K, V> Map for BTreeMap<K, V> {}
impl<T: Map> Map for Option<T> {}

/// A document with these fields: `object().field("name", User.name).field("age", User.age + 1).build()`.
pub fn object<D>() -> Object<D> {
    Object { fields: Ok(Document::new()), document: PhantomData }
}

/// A document of a struct with `#[document(shape)]`: what its generated `..Shape` computes.
///
/// ```
/// # use odmium::{Expr, expr, prelude::*};
/// # #[derive(Document)]
/// # #[document(collection = "orders")]
/// # struct Order { id: Id<Order>, items: Vec<Item> }
/// # #[derive(Embedded)]
/// # struct Item { sku: String, price: i64, qty: i64 }
/// #[derive(Embedded)]
/// #[document(shape)]
/// struct Line { sku: String, total: i64 }
///
/// let lines: Expr<Order, Vec<Line>> = Order.items.expr().map(|item| {
///     expr::document(LineShape { sku: item.get(Item.sku), total: item.get(Item.price) * item.get(Item.qty) })
/// });
/// # lines.to_bson()?;
/// # Ok::<(), odmium::Error>(())
/// ```
pub fn document<S: Shaped<Base = NoBase>>(shape: S) -> Expr<S::Source, S::Output> {
    let mut parts = Parts::new();
    shape.parts(&mut parts);
    parts.into_expr()
}

/// A document that is being put together, see [`object`].
#[must_use = "`build` makes an expression of it"]
#[derive(Debug)]
pub struct Object<D> {
    fields: Result<Document, EncodeError>,
    document: PhantomData<fn() -> D>,
}

impl<D> Object<D> {
    /// Adds a field. Where the value is missing, the field is left out.
    ///
    /// The key is a plain name: the server refuses one with a dot or with a dollar in front.
    pub fn field(mut self, key: &str, value: impl Operand<D>) -> Self {
        self.fields = self.fields.and_then(|mut fields| {
            fields.insert(key, value.into_operand().value?);
            Ok(fields)
        });
        self
    }

    /// The document.
    pub fn build(self) -> Expr<D, Document> {
        Expr::new(self.fields.map(|fields| match fields.is_empty() {
            true => doc! { "$literal": {} }.into(),
            false => fields.into(),
        }))
    }
}

/// The value of a field of a value.
pub(super) fn below(value: Bson, name: &str) -> Bson {
    match value {
        Bson::String(path) if path.starts_with('$') => Bson::String(match path.as_str() {
            "$$ROOT" | "$$CURRENT" => format!("${name}"),
            _ => format!("{path}.{name}"),
        }),
        value => name
            .split('.')
            .fold(value, |input, field| doc! { "$getField": { "field": field, "input": input } }.into()),
    }
}

/// A document with one field changed; a dotted name leads through the documents within.
fn with(input: Rendered, name: Name, value: Rendered) -> Rendered {
    let name = usable(name)?;
    match name.split('.').any(is_number) {
        false => set(input, &name, value),
        true => Err(EncodeError::argument(format!(
            "`{name}` is no path of a field to set or unset, as it goes to single elements of an array: set the whole \
             array, to a `map` of itself where its elements change"
        ))),
    }
}

fn set(input: Rendered, name: &str, value: Rendered) -> Rendered {
    let input = input?;
    let (field, value) = match name.split_once('.') {
        None => (name, value),
        Some((field, rest)) => (field, set(Ok(below(input.clone(), field)), rest, value)),
    };
    named("$setField", [("field", Ok(field.into())), ("input", Ok(input)), ("value", value)])
}
