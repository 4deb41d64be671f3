//! Booleans and numbers.

use mongodb::bson::{Decimal128, spec::ElementType};

use super::{Decode, Encode, RawValue, Slot, decimal};
use crate::error::DecodeError;

impl Encode for bool {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.bool(*self);
    }
}

impl<'de> Decode<'de> for bool {
    const LIKELY: Option<ElementType> = Some(ElementType::Boolean);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match (value.kind, value.bytes) {
            (ElementType::Boolean, [0]) => Ok(false),
            (ElementType::Boolean, [1]) => Ok(true),
            (ElementType::Boolean, [other, ..]) => Err(value.unfit("a boolean of 0 or 1", other)),
            _ => Err(value.mismatch("a boolean")),
        }
    }
}

/// Many bytes are binary data, not an array of numbers.
macro_rules! bytes {
    (encode) => {
        fn encode_slice(values: &[Self], slot: Slot<'_>) {
            slot.binary(0, values);
        }
    };
    (decode) => {
        fn decode_vec(value: RawValue<'de>) -> Result<Vec<Self>, DecodeError> {
            match value.kind {
                ElementType::Array => super::containers::elements(value),
                _ => value.binary().map(|(_, bytes)| bytes.to_vec()),
            }
        }
    };
}

macro_rules! integers {
    ($($int:ty => $write:ident $likely:ident, $expected:literal $(, $extra:ident)?;)*) => {$(
        impl Encode for $int {
            #[inline]
            fn encode(&self, slot: Slot<'_>) {
                slot.$write((*self).into());
            }
            $($extra!(encode);)?
        }

        impl<'de> Decode<'de> for $int {
            const LIKELY: Option<ElementType> = Some(ElementType::$likely);

            #[inline]
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                let number = value.integer($expected)?;
                match Self::try_from(number) {
                    Ok(number) => Ok(number),
                    Err(_) => Err(value.unfit($expected, number)),
                }
            }
            $($extra!(decode);)?
        }
    )*};
}

integers! {
    i8 => int32 Int32, "an integer from -128 to 127";
    u8 => int32 Int32, "an integer from 0 to 255", bytes;
    i16 => int32 Int32, "an integer of 16 bits";
    u16 => int32 Int32, "an integer from 0 to 65535";
    i32 => int32 Int32, "an integer of 32 bits";
    u32 => int64 Int64, "an integer from 0 to 4294967295";
    i64 => int64 Int64, "an integer of 64 bits";
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        impl Encode for $float {
            #[inline]
            fn encode(&self, slot: Slot<'_>) {
                slot.double((*self).into());
            }
        }
    )*};
}

floats!(f32 f64);

impl<'de> Decode<'de> for f64 {
    const LIKELY: Option<ElementType> = Some(ElementType::Double);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::Double => Ok(Self::from_le_bytes(value.fixed()?)),
            _ => unusual_float(value.kind, value.bytes),
        }
    }
}

impl<'de> Decode<'de> for f32 {
    const LIKELY: Option<ElementType> = Some(ElementType::Double);

    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let double = f64::decode(value)?;
        let single = double as Self;
        if f64::from(single) == double || double.is_nan() {
            Ok(single)
        } else {
            Err(value.unfit("a number that fits 32-bit floating point without loss", double))
        }
    }
}

impl RawValue<'_> {
    /// An integer of any stored number that is one.
    #[inline]
    pub(super) fn integer(self, expected: &'static str) -> Result<i64, DecodeError> {
        match self.kind {
            ElementType::Int32 => Ok(i32::from_le_bytes(self.fixed()?).into()),
            ElementType::Int64 => Ok(i64::from_le_bytes(self.fixed()?)),
            _ => unusual_integer(self.kind, self.bytes, expected),
        }
    }
}

#[cold]
fn unusual_integer(kind: ElementType, bytes: &[u8], expected: &'static str) -> Result<i64, DecodeError> {
    let value = RawValue { kind, bytes, depth: 0 };
    match kind {
        ElementType::Double => {
            let double = f64::from_le_bytes(value.fixed()?);
            // Beyond 2^63 the cast would saturate, so that the comparison could succeed by chance.
            if double.fract() == 0.0 && double >= -(2f64.powi(63)) && double < 2f64.powi(63) {
                return Ok(double as i64);
            }
            Err(value.unfit(expected, double))
        }
        ElementType::Decimal128 => {
            let decimal = Decimal128::from_bytes(value.fixed()?);
            let fits = |(negative, size): (bool, u128)| {
                let size = i128::try_from(size).ok()?;
                i64::try_from(if negative { -size } else { size }).ok()
            };
            decimal::to_integer(decimal).and_then(fits).ok_or_else(|| value.unfit(expected, decimal))
        }
        _ => Err(value.mismatch(expected)),
    }
}

#[cold]
fn unusual_float(kind: ElementType, bytes: &[u8]) -> Result<f64, DecodeError> {
    const EXPECTED: &str = "a number that a double holds without loss";
    let value = RawValue { kind, bytes, depth: 0 };
    match kind {
        ElementType::Int32 => Ok(i32::from_le_bytes(value.fixed()?).into()),
        ElementType::Int64 => {
            let long = i64::from_le_bytes(value.fixed()?);
            let double = long as f64;
            if double < 2f64.powi(63) && double as i64 == long {
                Ok(double)
            } else {
                Err(value.unfit(EXPECTED, long))
            }
        }
        ElementType::Decimal128 => {
            let decimal = Decimal128::from_bytes(value.fixed()?);
            decimal::to_double(decimal).ok_or_else(|| value.unfit(EXPECTED, decimal))
        }
        _ => Err(value.mismatch("a number")),
    }
}
