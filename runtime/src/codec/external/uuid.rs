//! `uuid::Uuid` as binary data of subtype 4, the standard representation.

use std::borrow::Cow;

use uuid::Uuid;

use crate::{
    codec::{Decode, Encode, MapKey, RawValue, Slot},
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

impl MapKey for Uuid {
    fn to_key(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::parse_str(key).ok()
    }
}

own_value!(Uuid);
