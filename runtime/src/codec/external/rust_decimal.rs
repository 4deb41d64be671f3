//! `rust_decimal::Decimal` as a decimal128. A decimal has at most 28 digits, a decimal128 holds 34: writing keeps
//! every digit, reading refuses what would lose one.

use mongodb::bson::Decimal128;
use rust_decimal::Decimal;

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
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
        let text = Decimal128::decode(value)?.to_string();
        let exact = match text.contains(['E', 'e']) {
            true => Self::from_scientific(&text),
            false => Self::from_str_exact(&text),
        };
        exact.map_err(|_| value.unfit("a decimal of at most 28 digits", text))
    }
}

own_value!(Decimal);
