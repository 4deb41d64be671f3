//! `uuid::Uuid` as binary data of subtype 4, the standard representation.

use uuid::Uuid;

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
    error::DecodeError,
    filter::own_value,
};

impl Encode for Uuid {
    fn encode(&self, slot: Slot<'_>) {
        slot.binary(4, self.as_bytes());
    }
}

impl<'de> Decode<'de> for Uuid {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        mongodb::bson::Uuid::decode(value).map(|uuid| Self::from_bytes(uuid.bytes()))
    }
}

own_value!(Uuid);
