//! What is stored, whatever the model says: `$type`.

use mongodb::bson::Bson;

use super::Filter;
use crate::path::{Field, Readable};

/// A BSON type, for [`is_type`](Field::is_type).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BsonType {
    /// A 64-bit floating point number.
    Double,
    /// A text.
    String,
    /// An embedded document.
    Document,
    /// An array. All other types also match an array with an element of that type.
    Array,
    /// Binary data: bytes, UUIDs.
    Binary,
    /// An ObjectId.
    ObjectId,
    /// True or false.
    Bool,
    /// A date.
    DateTime,
    /// Null; a missing field has no type.
    Null,
    /// A regular expression.
    Regex,
    /// JavaScript code.
    JavaScript,
    /// A 32-bit integer.
    Int32,
    /// A timestamp of the server's own.
    Timestamp,
    /// A 64-bit integer.
    Int64,
    /// A decimal number.
    Decimal128,
    /// JavaScript code with variables; deprecated.
    JavaScriptWithScope,
    /// A symbol; deprecated.
    Symbol,
    /// Undefined; deprecated.
    Undefined,
    /// A pointer to a document; deprecated.
    DbPointer,
    /// What sorts before everything.
    MinKey,
    /// What sorts behind everything.
    MaxKey,
    /// Any number: double, int, long or decimal.
    Number,
}

impl BsonType {
    /// The server's name.
    pub(crate) fn alias(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::String => "string",
            Self::Document => "object",
            Self::Array => "array",
            Self::Binary => "binData",
            Self::ObjectId => "objectId",
            Self::Bool => "bool",
            Self::DateTime => "date",
            Self::Null => "null",
            Self::Regex => "regex",
            Self::JavaScript => "javascript",
            Self::Int32 => "int",
            Self::Timestamp => "timestamp",
            Self::Int64 => "long",
            Self::Decimal128 => "decimal",
            Self::JavaScriptWithScope => "javascriptWithScope",
            Self::Symbol => "symbol",
            Self::Undefined => "undefined",
            Self::DbPointer => "dbPointer",
            Self::MinKey => "minKey",
            Self::MaxKey => "maxKey",
            Self::Number => "number",
        }
    }
}

/// One or several [`BsonType`]s: what [`is_type`](Field::is_type) takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no BSON type",
    label = "not a BSON type",
    note = "name one, such as `BsonType::String` of `odmium::filter`, or several in `[..]`"
)]
pub trait BsonTypes {
    /// The server's name, or a list of names.
    #[doc(hidden)]
    fn into_aliases(self) -> Bson;
}

#[diagnostic::do_not_recommend]
impl BsonTypes for BsonType {
    fn into_aliases(self) -> Bson {
        self.alias().into()
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> BsonTypes for [BsonType; N] {
    fn into_aliases(self) -> Bson {
        self.as_slice().into_aliases()
    }
}

#[diagnostic::do_not_recommend]
impl BsonTypes for &[BsonType] {
    fn into_aliases(self) -> Bson {
        self.iter().map(|ty| Bson::from(ty.alias())).collect::<Vec<_>>().into()
    }
}

impl<D, T, P: Readable> Field<D, T, P> {
    /// What is stored has this type, or one of these (`$type`); for documents that were not written by this model.
    ///
    /// An array also matches by an element. No document matches an empty list.
    ///
    /// ```
    /// # use odmium::{bson::doc, filter::BsonType, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, age: i32 }
    /// assert_eq!(User.age.is_type(BsonType::String).to_document()?, doc! { "age": { "$type": "string" } });
    /// let filter = User.age.is_type([BsonType::Null, BsonType::Number]);
    /// assert_eq!(filter.to_document()?, doc! { "age": { "$type": ["null", "number"] } });
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn is_type(self, types: impl BsonTypes) -> Filter<D> {
        match types.into_aliases() {
            // The server refuses an empty list.
            Bson::Array(types) if types.is_empty() => Filter::nothing(),
            types => Filter::test(self.name(), "$type", Ok(types)),
        }
    }
}
