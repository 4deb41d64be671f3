//! BSON types that are a bare text or a bare mark in the driver: each is a Rust type here, so that a field can have it.

use mongodb::bson::{Bson, spec::ElementType};

use super::{Decode, Encode, RawValue, Slot};
use crate::{error::DecodeError, filter::own_value};

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $kind:ident, $bson:ident, $words:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl From<$name> for Bson {
            fn from(text: $name) -> Self {
                Self::$bson(text.0)
            }
        }

        impl Encode for $name {
            fn encode(&self, slot: Slot<'_>) {
                slot.text(ElementType::$kind, &self.0);
            }
        }

        impl<'de> Decode<'de> for $name {
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                match value.element_type() {
                    ElementType::$kind => Ok(Self(value.text()?.to_owned())),
                    _ => Err(value.mismatch($words)),
                }
            }
        }

        own_value!($name);
    )*};
}

texts! {
    /// JavaScript code without variables; with them it is `bson::JavaScriptCodeWithScope`.
    JavaScript, JavaScriptCode, JavaScriptCode, "JavaScript code";
    /// A symbol, a deprecated type of text. A field of `String` reads symbols too, and writes strings.
    Symbol, Symbol, Symbol, "a symbol";
}

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident, $words:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name;

        impl From<$name> for Bson {
            fn from(_: $name) -> Self {
                Self::$name
            }
        }

        impl Encode for $name {
            fn encode(&self, slot: Slot<'_>) {
                slot.raw(ElementType::$name, &[]);
            }
        }

        impl<'de> Decode<'de> for $name {
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                match value.element_type() {
                    ElementType::$name => Ok(Self),
                    _ => Err(value.mismatch($words)),
                }
            }
        }

        own_value!($name);
    )*};
}

marks! {
    /// The min key, which sorts before every other value.
    MinKey, "a min key";
    /// The max key, which sorts behind every other value.
    MaxKey, "a max key";
    /// The deprecated value undefined. A field of `Option` reads it as `None`.
    Undefined, "undefined";
}
