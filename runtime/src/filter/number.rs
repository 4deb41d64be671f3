//! Conditions on numbers: `$mod` and the bits.

use mongodb::bson::Bson;

use super::Filter;
use crate::{
    codec::{As, Maybe, Via},
    path::{Field, Path},
};

/// A field type that is an integer.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no integer",
    label = "an integer is needed here",
    note = "`modulo` and the conditions on bits work on integer fields"
)]
pub trait Integer {}

macro_rules! integers {
    ($($int:ty)*) => { $(impl Integer for $int {})* };
}

integers!(i8 i16 i32 i64 u8 u16 u32 Bson);

impl<T: Integer> Integer for Option<T> {}
impl<T: Integer> Integer for Maybe<T> {}
impl<T> Integer for Via<T, As<i64>> {}

/// Conditions on integers.
impl<D, T: Integer, P: Path> Field<D, T, P> {
    /// The field divided by `divisor` leaves `remainder` (`$mod`). A divisor of zero is refused by the server.
    pub fn modulo(self, divisor: i64, remainder: i64) -> Filter<D> {
        Filter::test(self.name(), "$mod", Ok(Bson::Array(vec![divisor.into(), remainder.into()])))
    }

    /// All bits that are set in `mask` are set (`$bitsAllSet`).
    pub fn bits_all_set(self, mask: i64) -> Filter<D> {
        Filter::test(self.name(), "$bitsAllSet", Ok(mask.into()))
    }

    /// At least one bit that is set in `mask` is set (`$bitsAnySet`).
    pub fn bits_any_set(self, mask: i64) -> Filter<D> {
        Filter::test(self.name(), "$bitsAnySet", Ok(mask.into()))
    }

    /// All bits that are set in `mask` are clear (`$bitsAllClear`).
    pub fn bits_all_clear(self, mask: i64) -> Filter<D> {
        Filter::test(self.name(), "$bitsAllClear", Ok(mask.into()))
    }

    /// At least one bit that is set in `mask` is clear (`$bitsAnyClear`).
    pub fn bits_any_clear(self, mask: i64) -> Filter<D> {
        Filter::test(self.name(), "$bitsAnyClear", Ok(mask.into()))
    }
}
