//! Functions of documents.

use std::{
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

use mongodb::bson::{Bson, Document, doc};

use super::{
    Expr, IntoExpr, List, Operand, Rendered, Single,
    place::{is_number, value_below},
    render::{chain, named, unary},
};
use crate::{
    error::EncodeError,
    model::Embedded,
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

    /// The document with more fields (`$mergeObjects`): the `..Shape` of a struct that has it as a flattened field.
    ///
    /// ```
    /// # use odmium::{Expr, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "orders")]
    /// # struct Order { id: Id<Order>, items: Vec<Item> }
    /// # #[derive(Embedded)]
    /// # struct Item { price: i64, qty: i64 }
    /// #[derive(Embedded)]
    /// #[document(shape)]
    /// struct Line {
    ///     #[field(flatten)]
    ///     item: Item,
    ///     total: i64,
    /// }
    ///
    /// let lines: Expr<Order, Vec<Line>> = Order.items.expr().map(|item| {
    ///     let total = item.get(Item.price) * item.get(Item.qty);
    ///     item.add_fields(LineShape { total })
    /// });
    /// # lines.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn add_fields<S: Shaped<Source = D, Base = T>>(self, fields: S) -> Expr<D, S::Output> {
        let mut parts = Parts::new();
        fields.parts(&mut parts);
        Expr::new(chain("$mergeObjects", self.value, parts.into_expr::<D, S::Output>().value))
    }

    /// How many bytes the document has as BSON (`$bsonSize`).
    pub fn bson_size(self) -> Expr<D, i32>
    where
        T: AnyDocument,
    {
        Expr::new(unary("$bsonSize", self.value))
    }
}

/// Documents from arrays of documents.
impl<D, T: List> Expr<D, T> {
    /// All elements, which are documents, merged into one; later ones win, nulls are left out (`$mergeObjects`).
    ///
    /// Of an empty array, and of null, a document without fields.
    pub fn merge_all(self) -> Expr<D, T::Item>
    where
        T::Item: AnyDocument,
    {
        Expr::new(unary("$mergeObjects", self.value))
    }
}

/// A type that is a document: a struct with `#[derive(Embedded)]`, a map or a `bson::Document`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no document",
    label = "this operator needs documents",
    note = "documents are structs with `#[derive(Embedded)]` or `#[derive(Document)]`, maps and `bson::Document`"
)]
pub trait AnyDocument {}

#[diagnostic::do_not_recommend]
impl<M: Embedded> AnyDocument for M {}
impl AnyDocument for Document {}
impl<K, V, S> AnyDocument for HashMap<K, V, S> {}
impl<K, V> AnyDocument for BTreeMap<K, V> {}

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
