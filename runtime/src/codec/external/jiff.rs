//! `jiff::Timestamp` as a date. What is finer than a millisecond is cut off, as BSON has no place for it.

use jiff::Timestamp;

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
    error::DecodeError,
    filter::own_value,
};

impl Encode for Timestamp {
    fn encode(&self, slot: Slot<'_>) {
        // Towards the past, as chrono and the driver do; `as_millisecond` would cut towards 1970.
        slot.date_time(self.as_nanosecond().div_euclid(1_000_000) as i64);
    }
}

impl<'de> Decode<'de> for Timestamp {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let millis = mongodb::bson::DateTime::decode(value)?.timestamp_millis();
        Self::from_millisecond(millis).map_err(|_| value.unfit("a date that jiff can represent", millis))
    }
}

own_value!(Timestamp);
