//! `bytes::Bytes` as binary data, subtype 0.

use bytes::Bytes;

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
    error::DecodeError,
    filter::own_value,
};

impl Encode for Bytes {
    fn encode(&self, slot: Slot<'_>) {
        slot.binary(0, self);
    }
}

impl<'de> Decode<'de> for Bytes {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        value.binary().map(|(_, bytes)| Self::copy_from_slice(bytes))
    }
}

own_value!(Bytes);
