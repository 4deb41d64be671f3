//! Numbers: which type the server gives when it calculates.

use std::time::Duration;

use mongodb::bson::{Bson, Decimal128};

use super::{Known, Nul2, date::Date};
use crate::codec::{As, Maybe, Via};

/// A type that the server calculates with.
///
/// `i8` to `i32`, `u8` and `u16` are calculated as `i32`, `u32` as `i64`, `f32` as `f64`.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no number",
    label = "this operator needs a number",
    note = "a text is turned into a number by `to_int()`, `to_long()`, `to_double()` or `to_decimal()`"
)]
pub trait Number: Known {
    /// The type that it is calculated as.
    #[doc(hidden)]
    type Wire: Wire;
}

pub(super) type WireOf<T> = <T as Number>::Wire;

/// A type that the server has.
#[doc(hidden)]
pub trait Wire {
    /// The type of a sum of both.
    type With<B: Wire>: Wire;
    type WithInt: Wire;
    type WithLong: Wire;
    type WithDouble: Wire;
    type WithDecimal: Wire;
    /// The type of a quotient or of a root.
    type Real: Wire;
    /// The operator that gives that type; none for what has any type.
    const TO_REAL: Option<&'static str>;
}

macro_rules! wires {
    ($($ty:ty as $with:ident: $int:ty, $long:ty, $double:ty, $decimal:ty; $real:ty, $to_real:literal;)*) => {$(
        impl Wire for $ty {
            type With<B: Wire> = B::$with;
            type WithInt = $int;
            type WithLong = $long;
            type WithDouble = $double;
            type WithDecimal = $decimal;
            type Real = $real;
            const TO_REAL: Option<&'static str> = Some($to_real);
        }
    )*};
}

wires! {
    i32 as WithInt: i32, i64, f64, Decimal128; f64, "$toDouble";
    i64 as WithLong: i64, i64, f64, Decimal128; f64, "$toDouble";
    f64 as WithDouble: f64, f64, f64, Decimal128; f64, "$toDouble";
    Decimal128 as WithDecimal: Decimal128, Decimal128, Decimal128, Decimal128; Decimal128, "$toDecimal";
}

/// Of any type: so is what is calculated with it.
impl Wire for Bson {
    type With<B: Wire> = Self;
    type WithInt = Self;
    type WithLong = Self;
    type WithDouble = Self;
    type WithDecimal = Self;
    type Real = Self;
    const TO_REAL: Option<&'static str> = None;
}

macro_rules! numbers {
    ($($wire:ty: $($ty:ty)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Number for $ty {
            type Wire = $wire;
        }
    )*)*};
}

numbers! {
    i32: i8 i16 i32 u8 u16;
    i64: i64 u32 Via<u64, As<i64>> Via<usize, As<i64>> Via<isize, As<i64>> Via<Duration, As<i64>>;
    f64: f32 f64 Via<Duration, As<f64>>;
    Decimal128: Decimal128 Via<u64, As<Decimal128>> Via<usize, As<Decimal128>> Via<isize, As<Decimal128>>
        Via<u128, As<Decimal128>> Via<i128, As<Decimal128>>;
    Bson: Bson;
}
#[cfg(feature = "rust_decimal-1")]
numbers!(Decimal128: rust_decimal::Decimal;);

#[diagnostic::do_not_recommend]
impl<T: Number> Number for Option<T> {
    type Wire = T::Wire;
}
#[diagnostic::do_not_recommend]
impl<T: Number> Number for Maybe<T> {
    type Wire = T::Wire;
}
#[diagnostic::do_not_recommend]
impl<T, S> Number for Via<Option<T>, As<S>>
where
    Via<T, As<S>>: Number,
{
    type Wire = WireOf<Via<T, As<S>>>;
}

/// Never an operand. With it, the compiler looks at both sides before it gives up, and then says what is wrong in our
/// words instead of its own.
#[doc(hidden)]
#[derive(Debug)]
pub enum Undecided {}

macro_rules! operators {
    ($($name:ident: $message:literal, $label:literal, $note:literal;)*) => {$(
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $name<B> {
            type Output;
        }

        #[diagnostic::do_not_recommend]
        impl<A> $name<Undecided> for A {
            type Output = Undecided;
        }
        #[diagnostic::do_not_recommend]
        impl<A> $name<[Undecided; 0]> for A {
            type Output = Undecided;
        }
    )*};
}

operators! {
    Sum: "a value of type `{B}` cannot be added to one of type `{Self}`",
        "numbers are added, and milliseconds to a date",
        "texts are joined by `.expr().concat(..)`, arrays by `.expr().concat_arrays(..)`";
    Difference: "a value of type `{B}` cannot be subtracted from one of type `{Self}`",
        "numbers are subtracted, and dates or milliseconds from a date",
        "sets are subtracted by `.expr().set_difference(..)`";
    Product: "a value of type `{Self}` cannot be multiplied by one of type `{B}`",
        "numbers are multiplied",
        "a text is turned into a number by `to_int()`, `to_long()`, `to_double()` or `to_decimal()`";
    Quotient: "a value of type `{Self}` cannot be divided by one of type `{B}`",
        "numbers are divided",
        "a text is turned into a number by `to_int()`, `to_long()`, `to_double()` or `to_decimal()`";
}

type Joined<A, B> = Nul2<A, B, <WireOf<A> as Wire>::With<WireOf<B>>>;

#[diagnostic::do_not_recommend]
impl<A: Number, B: Number> Sum<B> for A {
    type Output = Joined<A, B>;
}
#[diagnostic::do_not_recommend]
impl<A: Number, B: Number> Difference<B> for A {
    type Output = Joined<A, B>;
}
#[diagnostic::do_not_recommend]
impl<A: Number, B: Number> Product<B> for A {
    type Output = Joined<A, B>;
}
#[diagnostic::do_not_recommend]
impl<A: Number, B: Number> Quotient<B> for A {
    type Output = Nul2<A, B, <<WireOf<A> as Wire>::With<WireOf<B>> as Wire>::Real>;
}

/// Dates: milliseconds are added and subtracted; two dates are so many milliseconds apart.
macro_rules! dates {
    ($($ty:ty)*) => {$( dates!(@ $ty, $ty); dates!(@ Option<$ty>, $ty); )*};
    (@ $date:ty, $plain:ty) => {
        #[diagnostic::do_not_recommend]
        impl<B: Number> Sum<B> for $date {
            type Output = Nul2<Self, B, $plain>;
        }
        #[diagnostic::do_not_recommend]
        impl<B: Shift> Difference<B> for $date
        where
            Self: Known,
        {
            type Output = Nul2<Self, B, B::From<$plain>>;
        }
    };
}

/// What can be subtracted from a date.
#[doc(hidden)]
pub trait Shift: Known {
    type From<D>;
}

macro_rules! shifts {
    ($($ty:ty)*) => {$(
        impl Shift for $ty {
            type From<D> = D;
        }
    )*};
}

shifts!(i8 i16 i32 i64 u8 u16 u32 f32 f64 Decimal128);

impl<T: Shift> Shift for Option<T> {
    type From<D> = T::From<D>;
}

macro_rules! instants {
    ($($ty:ty)*) => {$(
        impl Shift for $ty {
            type From<D> = i64;
        }

        #[diagnostic::do_not_recommend]
        impl Date for $ty {}
        dates!($ty);
    )*};
}

instants!(mongodb::bson::DateTime std::time::SystemTime);
#[cfg(feature = "chrono-0_4")]
instants!(chrono::DateTime<chrono::Utc>);
#[cfg(feature = "jiff-0_2")]
instants!(jiff::Timestamp);
#[cfg(feature = "time-0_3")]
instants!(time::OffsetDateTime);
