//! `chrono::DateTime<Utc>` as a date. What is finer than a millisecond is cut off, as BSON has no place for it.

use chrono::{DateTime, Utc};

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
    error::DecodeError,
    filter::own_value,
};

impl Encode for DateTime<Utc> {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.date_time(self.timestamp_millis());
    }
}

impl<'de> Decode<'de> for DateTime<Utc> {
    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let millis = mongodb::bson::DateTime::decode(value)?.timestamp_millis();
        Self::from_timestamp_millis(millis)
            .ok_or_else(|| value.unfit("a date that chrono can represent", millis))
    }
}

own_value!(DateTime<Utc>);
