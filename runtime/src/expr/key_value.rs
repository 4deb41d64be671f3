//! Documents as lists of keys and values: `$objectToArray`, `$arrayToObject`.

use std::collections::{BTreeMap, HashMap};

use mongodb::bson::{Bson, Document, doc};

use super::{Expr, IntoExpr, Known, List, Nul, Operand, object::below, render::unary};
use crate::codec::{Decode, DecodeError, Encode, RawValue, Slot};

/// A key of a document and its value, as `{ k: key, v: value }`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the server's form")]
pub struct KeyValue<V> {
    /// The key.
    pub k: String,
    /// Its value.
    pub v: V,
}

/// A type with keys that are not known in advance.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no map",
    label = "this operator needs a `HashMap`, a `BTreeMap` or a `bson::Document`"
)]
pub trait Map: Known {
    type Value;
}

impl Map for Document {
    type Value = Bson;
}
impl<K, V, S> Map for HashMap<K, V, S> {
    type Value = V;
}
impl<K, V> Map for BTreeMap<K, V> {
    type Value = V;
}
impl<T: Map> Map for Option<T> {
    type Value = T::Value;
}

/// An element of an array that a document is made of.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a document is made of keys and values, not of elements of type `{Self}`",
    label = "this operator needs an array of `KeyValue` or of pairs",
    note = "make them first: `.map(|item| key_value(item.get(Item.sku), item.get(Item.qty)))`"
)]
pub trait Entry {
    type Object;
}

impl<V> Entry for KeyValue<V> {
    type Object = BTreeMap<String, V>;
}
impl<V> Entry for (String, V) {
    type Object = BTreeMap<String, V>;
}
impl Entry for Document {
    type Object = Self;
}
impl Entry for Bson {
    type Object = Document;
}

/// A key and its value, for [`array_to_object`](Expr::array_to_object). A value that is missing is null.
pub fn key_value<D, V: Operand<D>, K>(
    key: impl IntoExpr<D, String, K>,
    value: V,
) -> Expr<D, KeyValue<V::Type>> {
    let pair = || Ok(doc! { "k": key.into_expr().value?, "v": present(value.into_operand().value?) }.into());
    Expr::new(pair())
}

/// A value that is not missing: the server takes no pair without one.
fn present(value: Bson) -> Bson {
    let is_constant = match &value {
        Bson::String(text) => !text.starts_with('$'),
        Bson::Document(operator) => operator.contains_key("$literal"),
        _ => true,
    };
    if is_constant { value } else { doc! { "$ifNull": [value, Bson::Null] }.into() }
}

impl<D, T> Expr<D, T> {
    /// An array of `{ k: key, v: value }` (`$objectToArray`). The server fails where the value is no document.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "wares")]
    /// # struct Ware { id: Id<Ware>, stock: BTreeMap<String, i32> }
    /// let total = Ware.stock.expr().object_to_array().map(|stock| stock.value()).sum();
    /// # total.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    #[expect(clippy::type_complexity, reason = "pairs, null where the document is")]
    pub fn object_to_array(self) -> Expr<D, Nul<T, Vec<KeyValue<T::Value>>>>
    where
        T: Map,
    {
        Expr::new(unary("$objectToArray", self.value))
    }
}

/// Parts of a [`KeyValue`].
impl<D, V> Expr<D, KeyValue<V>> {
    /// The key.
    pub fn key(&self) -> Expr<D, String> {
        part(self, "k")
    }

    /// The value.
    pub fn value(&self) -> Expr<D, V> {
        part(self, "v")
    }
}

/// Parts of a [`KeyValue`] that may be none.
impl<D, V> Expr<D, Option<KeyValue<V>>> {
    /// The key.
    pub fn key(&self) -> Expr<D, Option<String>> {
        part(self, "k")
    }

    /// The value.
    pub fn value(&self) -> Expr<D, Option<V>> {
        part(self, "v")
    }
}

fn part<D, T, U>(pair: &Expr<D, T>, key: &str) -> Expr<D, U> {
    Expr::new(pair.value.clone().map(|pair| below(pair, key)))
}

/// Documents from arrays. Null gives null.
impl<D, T: List<Item: Entry>> Expr<D, T> {
    /// A document of [`KeyValue`]s, as [`key_value`] makes them, or of pairs (`$arrayToObject`); the last one of a key
    /// counts. The server fails where an element is neither.
    pub fn array_to_object(self) -> Expr<D, Nul<T, <T::Item as Entry>::Object>> {
        Expr::new(unary("$arrayToObject", self.value))
    }
}

impl<V: Encode> Encode for KeyValue<V> {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| {
            document.field("k", &self.k);
            document.field("v", &self.v);
        });
    }
}

impl<'de, V: Decode<'de>> Decode<'de> for KeyValue<V> {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let (mut k, mut v) = (None, None);
        let mut document = value.document()?;
        while let Some((key, _)) = document.next_entry()? {
            match key {
                "k" => k = Some(document.value()?),
                "v" => v = Some(document.value()?),
                _ => {}
            }
        }
        match (k, v.or_else(V::missing)) {
            (Some(k), Some(v)) => Ok(Self { k, v }),
            _ => Err(DecodeError::custom("a pair of key and value has no k or no v")),
        }
    }
}
