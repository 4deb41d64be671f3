//! What can stand as an operand.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
    hash::Hash,
    rc::Rc,
    sync::Arc,
};

use mongodb::bson::{Bson, DateTime, Decimal128, Document, oid::ObjectId};

use super::{Expr, Single, literal::quoted};
use crate::{
    codec::Maybe,
    filter::{IntoValue, Value},
    model::{self, Id},
    path::Field,
    relation::Ref,
};

/// What has a value of type `T`: a plain value, a field or an expression.
///
/// Where `T` is an `Option`, what is never null fits as well. `K` says which of them it is, and is found by the compiler.
#[diagnostic::on_unimplemented(
    message = "a value of type `{T}`, or an expression over `{D}` that has one, is needed here",
    label = "not of type `{T}`",
    note = "a value that can be null fits nothing that is never null: `.expr().if_null(value)` says what stands for null",
    note = "numbers are not widened: use `to_long()`, `to_double()` or `to_decimal()`, or a literal of that type"
)]
pub trait IntoExpr<D, T, K> {
    /// The expression.
    fn into_expr(self) -> Expr<D, T>;
}

/// What has a value of a type of its own: a field, an expression, a number, a text, a boolean, a date or an id.
///
/// Other values become one by [`literal`](super::literal()).
#[diagnostic::on_unimplemented(
    message = "this is no operand of an expression over `{D}`",
    label = "not an operand",
    note = "operands are fields and expressions over `{D}`, numbers, texts, booleans, dates and ids",
    note = "any other value is written `odmium::expr::literal(value)`"
)]
pub trait Operand<D> {
    /// The type of the value.
    type Type;

    /// The expression.
    fn into_operand(self) -> Expr<D, Self::Type>;
}

/// An expression of type `Self` may stand where a `T` is needed.
#[doc(hidden)]
pub trait Fits<T> {}

/// A plain value.
#[doc(hidden)]
#[derive(Debug)]
pub struct ByValue;

/// A field or an expression.
#[doc(hidden)]
#[derive(Debug)]
pub struct ByExpr;

/// A plain value that may be none.
#[doc(hidden)]
#[derive(Debug)]
pub struct ByOption;

#[diagnostic::do_not_recommend]
impl<D, T, V: IntoValue<T>> IntoExpr<D, T, ByValue> for V {
    fn into_expr(self) -> Expr<D, T> {
        Expr::new(quoted(self.into_bson()))
    }
}

/// `None` is null.
#[diagnostic::do_not_recommend]
impl<D, T, V: IntoValue<T>> IntoExpr<D, Option<T>, ByOption> for Option<V> {
    fn into_expr(self) -> Expr<D, Option<T>> {
        Expr::new(self.map_or(Ok(Bson::Null), |value| quoted(value.into_bson())))
    }
}

#[diagnostic::do_not_recommend]
impl<D, T, U: Fits<T>> IntoExpr<D, T, ByExpr> for Expr<D, U> {
    fn into_expr(self) -> Expr<D, T> {
        self.raw_as()
    }
}

#[diagnostic::do_not_recommend]
impl<D, T, U: Fits<T>, P: Single> IntoExpr<D, T, ByExpr> for Field<D, U, P> {
    fn into_expr(self) -> Expr<D, T> {
        self.expr().raw_as()
    }
}

#[diagnostic::do_not_recommend]
impl<D, T> Operand<D> for Expr<D, T> {
    type Type = T;

    fn into_operand(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<D, T, P: Single> Operand<D> for Field<D, T, P> {
    type Type = T;

    fn into_operand(self) -> Expr<D, T> {
        self.expr()
    }
}

macro_rules! literals {
    ($($({$generic:ident})? $literal:ty => $ty:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D $(, $generic)?> Operand<D> for $literal {
            type Type = $ty;

            fn into_operand(self) -> Expr<D, $ty> {
                Expr::new(quoted(Value::<$ty>::into_bson(self)))
            }
        }
    )*};
}

literals! {
    bool => bool;
    i8 => i8; i16 => i16; i32 => i32; i64 => i64; u8 => u8; u16 => u16; u32 => u32; f32 => f32; f64 => f64;
    Decimal128 => Decimal128;
    &str => String; &String => String; String => String;
    DateTime => DateTime; ObjectId => ObjectId; Document => Document;
    {M} Id<M> => Id<M>;
}
#[cfg(feature = "chrono-0_4")]
literals!(chrono::DateTime<chrono::Utc> => chrono::DateTime<chrono::Utc>;);
#[cfg(feature = "jiff-0_2")]
literals!(jiff::Timestamp => jiff::Timestamp;);
#[cfg(feature = "rust_decimal-1")]
literals!(rust_decimal::Decimal => rust_decimal::Decimal;);
#[cfg(feature = "time-0_3")]
literals!(time::OffsetDateTime => time::OffsetDateTime;);

impl<T> Fits<T> for T {}
impl<T> Fits<Option<T>> for T {}
impl<T> Fits<Maybe<T>> for T {}
impl<T> Fits<Maybe<T>> for Option<T> {}

/// Types that the server does not tell apart.
macro_rules! same {
    ($($({$($generic:tt)*})? $from:ty => $to:ty;)*) => {$(
        impl$(<$($generic)*>)? Fits<$to> for $from {}
        impl$(<$($generic)*>)? Fits<Option<$to>> for $from {}
        impl$(<$($generic)*>)? Fits<Option<$to>> for Option<$from> {}
    )*};
}

same! {
    String => Box<str>; String => Rc<str>; String => Arc<str>; String => Cow<'static, str>;
    DateTime => std::time::SystemTime;
    {M} ObjectId => Id<M>;
    {M} Id<M> => ObjectId;
    {M: model::Document<Id = Id<M>>} Id<M> => Ref<M>;
    {M: model::Document<Id = Id<M>>} Ref<M> => Id<M>;
    {T} Vec<T> => Vec<Option<T>>;
    {T} Vec<T> => VecDeque<T>;
    {T} Vec<T> => LinkedList<T>;
    {T: Ord} Vec<T> => BTreeSet<T>;
    {T: Eq + Hash, S} Vec<T> => HashSet<T, S>;
}
#[cfg(feature = "chrono-0_4")]
same!(DateTime => chrono::DateTime<chrono::Utc>;);
#[cfg(feature = "jiff-0_2")]
same!(DateTime => jiff::Timestamp;);
#[cfg(feature = "rust_decimal-1")]
same!(Decimal128 => rust_decimal::Decimal;);
#[cfg(feature = "time-0_3")]
same!(DateTime => time::OffsetDateTime;);
