//! Conditions on single bits: `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear`, `$bitsAnyClear`.

use mongodb::bson::{Binary, Bson};

use super::{Filter, Integer};
use crate::{
    codec::Maybe,
    error::EncodeError,
    path::{Field, Readable},
};

/// A field type whose bits can be tested: integers and binary data.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no bits to test",
    label = "an integer or binary data is needed here",
    note = "store the flags as an integer, or compare by `eq` and `is_in`"
)]
pub trait Bits {}

#[diagnostic::do_not_recommend]
impl<T: Integer> Bits for T {}
#[diagnostic::do_not_recommend]
impl Bits for Binary {}
#[diagnostic::do_not_recommend]
impl Bits for Vec<u8> {}
#[diagnostic::do_not_recommend]
impl Bits for Option<Binary> {}
#[diagnostic::do_not_recommend]
impl Bits for Option<Vec<u8>> {}
#[diagnostic::do_not_recommend]
impl Bits for Maybe<Binary> {}

/// Which bits: a mask (`0b101`), their positions from the lowest on (`[0, 2]`), or a mask as binary data.
#[derive(Clone, Debug)]
pub struct BitMask(Result<Bson, EncodeError>);

/// The bits that are set in it. A negative mask is an error.
impl From<i64> for BitMask {
    fn from(mask: i64) -> Self {
        Self(match mask {
            0.. => Ok(mask.into()),
            _ => Err(EncodeError::argument(format!(
                "the server takes no negative mask such as {mask}: give the positions of the bits, as in `[0, 63]`"
            ))),
        })
    }
}

/// The positions, 0 for the lowest bit.
impl<const N: usize> From<[u32; N]> for BitMask {
    fn from(positions: [u32; N]) -> Self {
        positions.as_slice().into()
    }
}

/// The positions, 0 for the lowest bit.
impl From<&[u32]> for BitMask {
    fn from(positions: &[u32]) -> Self {
        Self(Ok(positions.iter().map(|position| Bson::from(*position)).collect::<Vec<_>>().into()))
    }
}

/// The bits that are set in the bytes, the first byte being the lowest.
impl From<Binary> for BitMask {
    fn from(mask: Binary) -> Self {
        Self(Ok(mask.into()))
    }
}

/// Conditions on single bits.
impl<D, T: Bits, P: Readable> Field<D, T, P> {
    /// All bits of `mask` are set (`$bitsAllSet`).
    pub fn bits_all_set(self, mask: impl Into<BitMask>) -> Filter<D> {
        Filter::test(self.name(), "$bitsAllSet", mask.into().0)
    }

    /// At least one bit of `mask` is set (`$bitsAnySet`).
    pub fn bits_any_set(self, mask: impl Into<BitMask>) -> Filter<D> {
        Filter::test(self.name(), "$bitsAnySet", mask.into().0)
    }

    /// All bits of `mask` are clear (`$bitsAllClear`).
    pub fn bits_all_clear(self, mask: impl Into<BitMask>) -> Filter<D> {
        Filter::test(self.name(), "$bitsAllClear", mask.into().0)
    }

    /// At least one bit of `mask` is clear (`$bitsAnyClear`).
    pub fn bits_any_clear(self, mask: impl Into<BitMask>) -> Filter<D> {
        Filter::test(self.name(), "$bitsAnyClear", mask.into().0)
    }
}
