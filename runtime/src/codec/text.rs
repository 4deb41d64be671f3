//! Strings in all their owners.

use std::{borrow::Cow, rc::Rc, sync::Arc};

use mongodb::bson::spec::ElementType;

use super::{Decode, Encode, RawValue, Slot, value::text};
use crate::error::DecodeError;

impl Encode for str {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.string(self);
    }
}

impl Encode for String {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.string(self);
    }
}

impl<'de> Decode<'de> for String {
    const LIKELY: Option<ElementType> = Some(ElementType::String);

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.element_type() {
            ElementType::String | ElementType::Symbol => owned(value.bytes()),
            _ => Err(value.mismatch("a string")),
        }
    }
}

/// The text of a string, from the bytes of its value.
fn owned(bytes: &[u8]) -> Result<String, DecodeError> {
    match text(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(error.into()),
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a str {
    const LIKELY: Option<ElementType> = Some(ElementType::String);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        value.str()
    }
}

/// Borrows from the bytes.
impl<'de: 'a, 'a> Decode<'de> for Cow<'a, str> {
    const LIKELY: Option<ElementType> = Some(ElementType::String);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        value.str().map(Cow::Borrowed)
    }
}

macro_rules! shared {
    ($($owner:ident)*) => {$(
        impl<'de> Decode<'de> for $owner<str> {
            const LIKELY: Option<ElementType> = Some(ElementType::String);

            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                value.str().map(Self::from)
            }
        }
    )*};
}

shared!(Box Rc Arc);

impl Encode for char {
    fn encode(&self, slot: Slot<'_>) {
        slot.string(self.encode_utf8(&mut [0; 4]));
    }
}

impl<'de> Decode<'de> for char {
    const LIKELY: Option<ElementType> = Some(ElementType::String);

    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let text = value.str()?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(value.unfit("a string of one character", format_args!("{text:?}"))),
        }
    }
}
