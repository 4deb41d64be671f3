//! `url::Url` as a string.

use url::Url;

use crate::{
    codec::{Decode, Encode, RawValue, Slot},
    error::DecodeError,
    filter::own_value,
};

impl Encode for Url {
    fn encode(&self, slot: Slot<'_>) {
        slot.string(self.as_str());
    }
}

impl<'de> Decode<'de> for Url {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let text = value.str()?;
        text.parse().map_err(|error| value.unfit(format!("a URL ({error})"), format_args!("{text:?}")))
    }
}

own_value!(Url);
