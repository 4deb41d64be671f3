//! Comparison: `$eq`, `$ne`, `$gt`, `$gte`, `$lt`, `$lte`, `$cmp`, `$in`.
//!
//! Unlike in a filter, values of all types have one order here: null and missing come before every number.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use mongodb::bson::{DateTime, Decimal128};

use super::{ByExpr, ByValue, Expr, IntoExpr, Single, literal::quoted, render::nary};
use crate::{
    filter::{IntoValue, Ordered},
    model::Document,
    path::Field,
    relation::{PlainId, Ref},
};

/// What can be compared with a value of type `T`: a plain value of it, a field or an expression.
///
/// Either side may be an `Option`, numbers may be of different types, and a reference is compared with the id of its model.
#[diagnostic::on_unimplemented(
    message = "this cannot be compared with a value of type `{T}` over `{D}`",
    label = "not comparable with a value of type `{T}`",
    note = "compare with a value of that type, or with a field or an expression over `{D}` that has it; fields that are numbers are compared with each other, whatever their types",
    note = "where the types differ, convert one of the sides, such as by `.expr().to_string()`; for no value, write `is_null()`",
    note = "in a `lookup_pipeline`, a value of the document outside is `order.value(Order.day)`"
)]
pub trait Comparand<D, T, K> {
    /// The expression.
    #[doc(hidden)]
    fn into_comparand(self) -> Expr<D, T>;
}

/// A value of type `Self` has a meaningful order with one of type `U`.
#[doc(hidden)]
pub trait Comparable<U> {}

/// Comparison.
impl<D, T> Expr<D, T> {
    /// Whether both are equal (`$eq`). Null equals null, and does not equal missing.
    pub fn eq<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, bool> {
        compare("$eq", self, other)
    }

    /// Whether both differ (`$ne`).
    pub fn ne<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, bool> {
        compare("$ne", self, other)
    }

    /// Whether it is one of `values`, a list or an array field (`$in`).
    ///
    /// The server fails where the array field is missing or null.
    pub fn is_in<K>(self, values: impl IntoExpr<D, Vec<T>, K>) -> Expr<D, bool> {
        Expr::new(nary("$in", [self.value, values.into_expr().value]))
    }

    /// Whether it is null or missing.
    pub fn is_null(self) -> Expr<D, bool> {
        Expr::new(nary("$lte", [self.value, Ok(mongodb::bson::Bson::Null)]))
    }
}

/// Comparison by order.
impl<D, T: Ordered> Expr<D, T> {
    /// Whether it is greater than `other` (`$gt`).
    pub fn gt<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, bool> {
        compare("$gt", self, other)
    }

    /// Whether it is `other` or greater (`$gte`).
    pub fn gte<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, bool> {
        compare("$gte", self, other)
    }

    /// Whether it is less than `other` (`$lt`). Null and missing are less than any value.
    pub fn lt<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, bool> {
        compare("$lt", self, other)
    }

    /// Whether it is `other` or less (`$lte`).
    pub fn lte<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, bool> {
        compare("$lte", self, other)
    }

    /// -1, 0 or 1: whether it is less than, equal to or greater than `other` (`$cmp`).
    pub fn cmp<K>(self, other: impl Comparand<D, T, K>) -> Expr<D, i32> {
        compare("$cmp", self, other)
    }

    /// The greater of both (`$max`); a null is left out.
    pub fn greatest<K>(self, other: impl IntoExpr<D, T, K>) -> Self {
        Self::new(super::render::chain("$max", self.value, other.into_expr().value))
    }

    /// The smaller of both (`$min`); a null is left out.
    pub fn least<K>(self, other: impl IntoExpr<D, T, K>) -> Self {
        Self::new(super::render::chain("$min", self.value, other.into_expr().value))
    }
}

fn compare<D, T, U, K>(op: &str, this: Expr<D, T>, other: impl Comparand<D, T, K>) -> Expr<D, U> {
    Expr::new(nary(op, [this.value, other.into_comparand().value]))
}

#[diagnostic::do_not_recommend]
impl<D, T, V: IntoValue<T>> Comparand<D, T, ByValue> for V {
    fn into_comparand(self) -> Expr<D, T> {
        Expr::new(quoted(self.into_bson()))
    }
}

#[diagnostic::do_not_recommend]
impl<D, T: Comparable<U>, U> Comparand<D, T, ByExpr> for Expr<D, U> {
    fn into_comparand(self) -> Expr<D, T> {
        self.raw_as()
    }
}

#[diagnostic::do_not_recommend]
impl<D, T: Comparable<U>, U, P: Single> Comparand<D, T, ByExpr> for Field<D, U, P> {
    fn into_comparand(self) -> Expr<D, T> {
        self.expr().raw_as()
    }
}

impl<T> Comparable<T> for T {}
impl<T> Comparable<Option<T>> for T {}
impl<T> Comparable<T> for Option<T> {}

// A reference is stored as the id.
macro_rules! references {
    ($($reference:ty: $($id:ty)*;)*) => {$($(
        impl<M: Document<Id = I>, I: PlainId> Comparable<$id> for $reference {}
        impl<M: Document<Id = I>, I: PlainId> Comparable<$reference> for $id {}
    )*)*};
}

references! {
    Ref<M>: I Option<I>;
    Option<Ref<M>>: I Option<I>;
}

macro_rules! comparable {
    ($($some:ty: $($other:ty)*;)*) => {$($(
        comparable!(@ $some, $other);
        comparable!(@ $other, $some);
    )*)*};
    (@ $some:ty, $other:ty) => {
        impl Comparable<$other> for $some {}
        impl Comparable<Option<$other>> for $some {}
        impl Comparable<$other> for Option<$some> {}
        impl Comparable<Option<$other>> for Option<$some> {}
    };
}

comparable! {
    i32: i64 f64 Decimal128 i8 i16 u8 u16 u32 f32;
    i64: f64 Decimal128 u32;
    f64: Decimal128 u32 f32;
    Decimal128: u32;
    String: &'static str Cow<'static, str> Box<str> Rc<str> Arc<str> char;
    DateTime: std::time::SystemTime;
}
#[cfg(feature = "chrono-0_4")]
comparable!(DateTime: chrono::DateTime<chrono::Utc>;);
#[cfg(feature = "jiff-0_2")]
comparable!(DateTime: jiff::Timestamp;);
#[cfg(feature = "rust_decimal-1")]
comparable!(rust_decimal::Decimal: i32 i64 f64 Decimal128;);
#[cfg(feature = "time-0_3")]
comparable!(DateTime: time::OffsetDateTime;);
