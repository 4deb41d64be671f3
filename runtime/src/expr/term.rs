//! What a value of type `T` is calculated with.

use std::time::{Duration, SystemTime};

use mongodb::bson::{Bson, DateTime, Decimal128};

use super::{Expr, Operand, Single};
use crate::{
    codec::{As, Via},
    path::Field,
};

/// What a value of type `T` is calculated with: a field, an expression or a plain number.
///
/// A plain integer has the type of the integer that it is calculated with, so that it needs no suffix and the type of
/// the result is known at once: exactly one integer type is listed for each type.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a value of type `{T}` is not calculated with `{Self}`",
    label = "these are not calculated with each other",
    note = "operands are fields and expressions over `{D}`, and plain numbers: of the same type, or `f64`",
    note = "a number of another type is written `odmium::expr::literal(number)`"
)]
pub trait Term<D, T>: Operand<D> {}

#[diagnostic::do_not_recommend]
impl<D, T, U> Term<D, T> for Expr<D, U> {}
#[diagnostic::do_not_recommend]
impl<D, T, U, P: Single> Term<D, T> for Field<D, U, P> {}

/// No numbers: that they are none is said once, by the operator.
#[diagnostic::do_not_recommend]
impl<D, T> Term<D, T> for &str {}
#[diagnostic::do_not_recommend]
impl<D, T> Term<D, T> for String {}
#[diagnostic::do_not_recommend]
impl<D, T> Term<D, T> for bool {}

macro_rules! terms {
    ($($literals:tt: $($ty:ty),*;)*) => { $($( terms!(@ $literals $ty); )*)* };
    (@ ($($literal:ty),*) $ty:ty) => {$(
        #[diagnostic::do_not_recommend]
        impl<D> Term<D, $ty> for $literal {}
        #[diagnostic::do_not_recommend]
        impl<D> Term<D, Option<$ty>> for $literal {}
    )*};
}

terms! {
    (i32, f64, Decimal128): i8, i16, i32, u8, u16, f32, f64, Bson;
    (i64, f64, Decimal128): i64, u32, Decimal128, Via<u64, As<i64>>, Via<usize, As<i64>>, Via<isize, As<i64>>,
        Via<Duration, As<i64>>, Via<Duration, As<f64>>;
    (i64, DateTime): DateTime, SystemTime;
}
#[cfg(feature = "chrono-0_4")]
terms!((i64, DateTime, chrono::DateTime<chrono::Utc>): chrono::DateTime<chrono::Utc>;);
#[cfg(feature = "jiff-0_2")]
terms!((i64, DateTime, jiff::Timestamp): jiff::Timestamp;);
#[cfg(feature = "rust_decimal-1")]
terms!((i64, f64, Decimal128, rust_decimal::Decimal): rust_decimal::Decimal;);
#[cfg(feature = "time-0_3")]
terms!((i64, DateTime, time::OffsetDateTime): time::OffsetDateTime;);
