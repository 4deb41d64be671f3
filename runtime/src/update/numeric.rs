//! Changes of numbers: `$inc`, `$mul`, `$bit`, and of what has an order: `$min`, `$max`.

use mongodb::bson::{Bson, Decimal128, doc};

use super::{Change, Update};
use crate::{
    codec::{As, Maybe, Via},
    error::EncodeError,
    filter::{Integer, IntoValue, Ordered},
    path::{Field, Path, Writable},
};

/// A field type that the server can calculate with.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no number",
    label = "`inc` and `mul` need a number",
    note = "to write a new value, use `set`"
)]
pub trait Numeric {}

macro_rules! numeric {
    ($($ty:ty)*) => { $(#[diagnostic::do_not_recommend] impl Numeric for $ty {})* };
}

numeric!(i8 i16 i32 i64 u8 u16 u32 f32 f64 Decimal128 Bson);
#[cfg(feature = "rust_decimal-1")]
numeric!(rust_decimal::Decimal);

#[diagnostic::do_not_recommend]
impl<T: Numeric> Numeric for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Numeric> Numeric for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T, S: Numeric> Numeric for Via<T, As<S>> {}

impl<D, T: Numeric, P: Writable> Field<D, T, P> {
    /// Adds `amount`, which may be negative (`$inc`). A missing field counts as zero.
    ///
    /// A result beyond the field's type is stored in a larger one by the server, or refused when there is none.
    pub fn inc<V: IntoValue<T>>(self, amount: V) -> Change<D, P> {
        Change::new(Update::write("$inc", self.name(), amount.into_bson()))
    }

    /// Takes `amount` away (`$inc` of the negative). A missing field counts as zero.
    ///
    /// The way to count down a field whose type has no negative numbers. The server does not stop at zero: make the
    /// condition part of the filter, as in `Item.stock.gte(amount)`.
    pub fn dec<V: IntoValue<T>>(self, amount: V) -> Change<D, P> {
        Change::new(Update::write(
            "$inc",
            self.name(),
            amount.into_bson().and_then(|amount| negative(&amount)),
        ))
    }

    /// Multiplies by `factor` (`$mul`). A missing field counts as zero.
    #[expect(clippy::should_implement_trait, reason = "the operator's name")]
    pub fn mul<V: IntoValue<T>>(self, factor: V) -> Change<D, P> {
        Change::new(Update::write("$mul", self.name(), factor.into_bson()))
    }
}

/// Changes of what has an order.
impl<D, T: Ordered, P: Writable> Field<D, T, P> {
    /// Sets the field to `value` where that is smaller, or where the field is missing (`$min`).
    pub fn min<V: IntoValue<T>>(self, value: V) -> Change<D, P> {
        Change::new(Update::write("$min", self.name(), value.into_bson()))
    }

    /// Sets the field to `value` where that is greater, or where the field is missing (`$max`).
    pub fn max<V: IntoValue<T>>(self, value: V) -> Change<D, P> {
        Change::new(Update::write("$max", self.name(), value.into_bson()))
    }
}

/// Changes of bits.
impl<D, T: Integer, P: Writable> Field<D, T, P> {
    /// Keeps the bits that are set in `mask`, and clears the others (`$bit`).
    pub fn bit_and<V: IntoValue<T>>(self, mask: V) -> Change<D, P> {
        bit(self, "and", mask)
    }

    /// Sets the bits that are set in `mask` (`$bit`).
    pub fn bit_or<V: IntoValue<T>>(self, mask: V) -> Change<D, P> {
        bit(self, "or", mask)
    }

    /// Flips the bits that are set in `mask` (`$bit`).
    pub fn bit_xor<V: IntoValue<T>>(self, mask: V) -> Change<D, P> {
        bit(self, "xor", mask)
    }
}

fn negative(amount: &Bson) -> Result<Bson, EncodeError> {
    Ok(match amount {
        Bson::Int32(amount) => match amount.checked_neg() {
            Some(amount) => Bson::Int32(amount),
            None => Bson::Int64(-i64::from(*amount)),
        },
        Bson::Int64(amount) => match amount.checked_neg() {
            Some(amount) => Bson::Int64(amount),
            None => {
                return Err(EncodeError::argument(
                    "the smallest 64-bit integer has no negative: use `inc` twice",
                ));
            }
        },
        Bson::Double(amount) => Bson::Double(-amount),
        Bson::Decimal128(amount) => {
            // The sign is the first bit of the last of the little-endian bytes.
            let mut bytes = amount.bytes();
            bytes[15] ^= 0x80;
            Bson::Decimal128(Decimal128::from_bytes(bytes))
        }
        _ => return Err(EncodeError::argument("only a number can be taken away")),
    })
}

fn bit<D, T, P: Path>(field: Field<D, T, P>, op: &str, mask: impl IntoValue<T>) -> Change<D, P> {
    let mask = mask.into_bson().map(|mask| doc! { op: mask }.into());
    Change::new(Update::write("$bit", field.name(), mask))
}
