//! Vectors: many small numbers as binary data of subtype 9.

use mongodb::bson::{
    Binary,
    binary::{PackedBitVector, Vector},
};

use super::{Decode, Encode, RawValue, Slot, StoreAs};
use crate::{error::DecodeError, filter::own_value};

const SUBTYPE: u8 = 9;

/// As the [specification of vectors](https://github.com/mongodb/specifications/blob/master/source/bson-binary-vector/bson-binary-vector.md)
/// wants it: the type of the elements, the unused bits, then the elements.
impl Encode for Vector {
    fn encode(&self, slot: Slot<'_>) {
        slot.binary(SUBTYPE, &Binary::from(self).bytes);
    }
}

impl<'de> Decode<'de> for Vector {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        const EXPECTED: &str = "a vector (binary data of subtype 9)";
        match value.binary() {
            Ok((SUBTYPE, bytes)) => Self::from_bytes(bytes).map_err(|error| value.unfit(EXPECTED, error)),
            Ok((subtype, _)) => Err(value.unfit(EXPECTED, format_args!("binary data of subtype {subtype}"))),
            Err(_) => Err(value.mismatch("a vector")),
        }
    }
}

own_value!(Vector);

macro_rules! elements {
    ($($element:ty: $variant:ident;)*) => {$(
        impl StoreAs<Vector> for Vec<$element> {
            fn store(&self) -> Result<Vector, String> {
                Ok(Vector::$variant(self.clone()))
            }

            fn load(stored: Vector) -> Option<Self> {
                match stored {
                    Vector::$variant(elements) => Some(elements),
                    _ => None,
                }
            }
        }
    )*};
}

elements! {
    i8: Int8;
    f32: Float32;
}

/// One bit each, the first one the highest of its byte.
impl StoreAs<Vector> for Vec<bool> {
    fn store(&self) -> Result<Vector, String> {
        let byte = |bits: &[bool]| {
            bits.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at))
        };
        let unused = (8 - self.len() % 8) % 8;
        PackedBitVector::new(self.chunks(8).map(byte).collect(), unused as u8)
            .map(Vector::PackedBit)
            .map_err(|error| error.to_string())
    }

    fn load(stored: Vector) -> Option<Self> {
        let Vector::PackedBit(_) = stored else { return None };
        // The bits are reachable only through the bytes.
        let binary = Binary::from(stored);
        let [_, unused, bytes @ ..] = binary.bytes.as_slice() else { return None };
        let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1 == 1));
        Some(bits.take((bytes.len() * 8).saturating_sub(usize::from(*unused))).collect())
    }
}
