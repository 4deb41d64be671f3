//! `rust_decimal::Decimal` as a decimal128. A decimal has 28 digits (29 up to 96 bits), a decimal128 holds 34:
//! writing keeps every digit, reading refuses what would lose one.

use mongodb::bson::Decimal128;
use rust_decimal::Decimal;

use crate::{
    codec::{
        Decode, Encode, RawValue, Slot,
        decimal::{Parts, parts},
    },
    error::DecodeError,
    filter::own_value,
};

impl Encode for Decimal {
    fn encode(&self, slot: Slot<'_>) {
        match self.to_string().parse::<Decimal128>() {
            Ok(decimal) => decimal.encode(slot),
            Err(error) => slot.fail(format!("{self} is no decimal128: {error}")),
        }
    }
}

impl<'de> Decode<'de> for Decimal {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let stored = Decimal128::decode(value)?;
        exact(stored).ok_or_else(|| value.unfit("a decimal of 28 digits", stored))
    }
}

/// The same number: zeros at its end may come or go, other digits may not.
fn exact(stored: Decimal128) -> Option<Decimal> {
    let Parts::Finite { negative, mut coefficient, mut exponent } = parts(stored) else { return None };
    if coefficient == 0 {
        exponent = exponent.clamp(-(Decimal::MAX_SCALE as i32), 0);
    }
    while exponent < 0 && (exponent < -(Decimal::MAX_SCALE as i32) || coefficient >> 96 != 0) {
        if !coefficient.is_multiple_of(10) {
            return None;
        }
        (coefficient, exponent) = (coefficient / 10, exponent + 1);
    }
    if exponent > 0 {
        coefficient = coefficient.checked_mul(10u128.checked_pow(exponent.unsigned_abs())?)?;
    }
    let signed = i128::try_from(coefficient).ok()?;
    let signed = if negative { -signed } else { signed };
    Decimal::try_from_i128_with_scale(signed, exponent.min(0).unsigned_abs()).ok()
}

own_value!(Decimal);
