//! Conversion between types: `$toInt` and so on, `$convert`, `$type`, `$isNumber`, `$isArray`.

use mongodb::bson::{Bson, DateTime, Decimal128, oid::ObjectId};

use super::{
    Expr, Known, Nul, Operand,
    render::{named, nary, unaries, unary},
};
use crate::filter::BsonType;

/// A type that the server converts to.
#[diagnostic::on_unimplemented(
    message = "the server cannot convert to the type `{Self}`",
    label = "no target of a conversion",
    note = "it converts to `i32`, `i64`, `f64`, `Decimal128`, `bool`, `String`, `DateTime` and `ObjectId`"
)]
pub trait Target {
    /// The server's name of the type.
    #[doc(hidden)]
    const NAME: &'static str;
}

macro_rules! targets {
    ($($ty:ty: $name:literal;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Target for $ty {
            const NAME: &'static str = $name;
        }
    )*};
}

targets! {
    i32: "int"; i64: "long"; f64: "double"; Decimal128: "decimal"; bool: "bool"; String: "string";
    DateTime: "date"; ObjectId: "objectId";
}

/// Conversion. Null stays null.
impl<D, T: Known> Expr<D, T> {
    unaries! {
        /// As an int32 (`$toInt`). The server fails where the value is too large or no number.
        to_int: "$toInt" -> Nul<T, i32>;
        /// As an int64 (`$toLong`). The server fails where the value is too large or no number.
        to_long: "$toLong" -> Nul<T, i64>;
        /// As a double (`$toDouble`). The server fails where the value is no number.
        to_double: "$toDouble" -> Nul<T, f64>;
        /// As a decimal128 (`$toDecimal`). The server fails where the value is no number.
        to_decimal: "$toDecimal" -> Nul<T, Decimal128>;
        /// As a boolean (`$toBool`): false for the number 0, else true; a text is true, also `"false"`.
        to_bool: "$toBool" -> Nul<T, bool>;
        /// As a text (`$toString`).
        to_string: "$toString" -> Nul<T, String>;
        /// As a date (`$toDate`): from milliseconds since 1970, an ISO 8601 text, or an ObjectId.
        to_date: "$toDate" -> Nul<T, DateTime>;
        /// As an ObjectId (`$toObjectId`): from 24 hexadecimal digits.
        to_object_id: "$toObjectId" -> Nul<T, ObjectId>;
    }

    /// As a `U`, or null where the value cannot be converted (`$convert` with `onError`).
    ///
    /// ```
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, zip: String }
    /// let zip = User.zip.expr().try_convert::<i32>().if_null(0);
    /// # zip.to_bson()?;
    /// # Ok::<(), odmium::Error>(())
    /// ```
    pub fn try_convert<U: Target>(self) -> Expr<D, Option<U>> {
        let to = Ok(Bson::from(U::NAME));
        Expr::new(named("$convert", [("input", self.value), ("to", to), ("onError", Ok(Bson::Null))]))
    }

    /// As the type of `other`, or `other` where the value cannot be converted (`$convert` with `onError`).
    pub fn convert_or<V: Operand<D, Type: Target>>(self, other: V) -> Expr<D, Nul<T, V::Type>> {
        let to = Ok(Bson::from(V::Type::NAME));
        let other = other.into_operand().value;
        Expr::new(named("$convert", [("input", self.value), ("to", to), ("onError", other)]))
    }
}

/// Sizes of what is stored. Null gives null.
impl<D, T: Known> Expr<D, T> {
    unaries! {
        /// How many bytes a text has in UTF-8, or binary data (`$binarySize`). The server fails for other values.
        binary_size: "$binarySize" -> Nul<T, i32>;
    }
}

/// Types at run time.
impl<D, T> Expr<D, T> {
    unaries! {
        /// The BSON type of what is stored, such as `int`; `missing` where nothing is (`$type`).
        type_name: "$type" -> String;
        /// Whether what is stored is a number (`$isNumber`).
        is_number: "$isNumber" -> bool;
        /// Whether what is stored is an array (`$isArray`).
        is_array: "$isArray" -> bool;
    }

    /// Whether what is stored has this BSON type (`$type`).
    pub fn is_type(self, ty: BsonType) -> Expr<D, bool> {
        match ty {
            BsonType::Number => self.is_number(),
            ty => Expr::new(nary("$eq", [unary("$type", self.value), Ok(ty.alias().into())])),
        }
    }

    /// Whether there is no field (`$type`).
    pub fn is_missing(self) -> Expr<D, bool> {
        Expr::new(nary("$eq", [unary("$type", self.value), Ok("missing".into())]))
    }
}
