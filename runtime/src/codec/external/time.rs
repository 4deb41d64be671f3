//! `time::OffsetDateTime` as a date: the moment is kept, the offset is not (it reads back in UTC). What is finer than a
//! millisecond is cut off, as BSON has no place for it.

use time::OffsetDateTime;

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
    error::DecodeError,
    filter::own_value,
};

impl Encode for OffsetDateTime {
    fn encode(&self, slot: Slot<'_>) {
        slot.date_time(self.unix_timestamp_nanos().div_euclid(1_000_000) as i64);
    }
}

impl<'de> Decode<'de> for OffsetDateTime {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let millis = mongodb::bson::DateTime::decode(value)?.timestamp_millis();
        Self::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)
            .map_err(|_| value.unfit("a date that time can represent", millis))
    }
}

own_value!(OffsetDateTime);
