//! UUIDs as old drivers stored them: binary data of subtype 3, each driver in an order of bytes of its own.

use mongodb::bson::{Uuid, spec::ElementType};
use serde::{Deserialize, Serialize};

use super::{Decode, Encode, RawValue, Slot, StoreAs};
use crate::{error::DecodeError, filter::own_value};

macro_rules! legacy {
    ($($name:ident, $driver:literal, $representation:literal, $order:expr;)*) => {$(
        #[doc = concat!("A UUID as the old ", $driver, " driver stored it (`uuidRepresentation=", $representation, "`).")]
        ///
        /// The bytes do not tell which driver wrote them: the model must say it, by this type or by `#[field(as = ..)]` on
        /// a field of `bson::Uuid` or `uuid::Uuid`. Written as binary data of subtype 3 and searched as such; a UUID of
        /// subtype 4, whose order is known, is read as well.
        ///
        /// ```
        /// use odmium::{bson::Uuid, prelude::*};
        #[doc = concat!("use odmium::codec::", stringify!($name), ";")]
        ///
        /// #[derive(Document)]
        /// #[document(collection = "devices")]
        /// struct Device {
        ///     id: Id<Device>,
        #[doc = concat!("    serial: ", stringify!($name), ",")]
        #[doc = concat!("    #[field(as = ", stringify!($name), ")]")]
        ///     owner: Uuid,
        /// }
        ///
        /// let filter = Device.owner.eq(Uuid::new());
        /// # filter.to_document().unwrap();
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(uuid: $name) -> Self {
                uuid.0
            }
        }

        impl Encode for $name {
            fn encode(&self, slot: Slot<'_>) {
                slot.binary(3, &permuted(self.0.bytes(), $order));
            }
        }

        impl<'de> Decode<'de> for $name {
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                decode(value, $order).map(Self)
            }
        }

        impl StoreAs<$name> for Uuid {
            fn store(&self) -> Result<$name, String> {
                Ok($name(*self))
            }

            fn load(stored: $name) -> Option<Self> {
                Some(stored.0)
            }
        }

        #[cfg(feature = "uuid-1")]
        impl StoreAs<$name> for uuid::Uuid {
            fn store(&self) -> Result<$name, String> {
                Ok($name(Uuid::from_bytes(self.into_bytes())))
            }

            fn load(stored: $name) -> Option<Self> {
                Some(Self::from_bytes(stored.0.bytes()))
            }
        }

        own_value!($name);
    )*};
}

// Each order is its own inverse.
legacy! {
    CSharpLegacyUuid, "C#", "csharpLegacy", [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    JavaLegacyUuid, "Java", "javaLegacy", [7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8];
    PythonLegacyUuid, "Python", "pythonLegacy", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
}

fn permuted(bytes: [u8; 16], order: [usize; 16]) -> [u8; 16] {
    order.map(|at| bytes[at])
}

fn decode(value: RawValue<'_>, order: [usize; 16]) -> Result<Uuid, DecodeError> {
    const EXPECTED: &str = "a UUID (binary data of 16 bytes, subtype 3)";
    if value.element_type() != ElementType::Binary {
        return Err(value.mismatch("a UUID"));
    }
    let (subtype, bytes) = value.binary()?;
    match (subtype, <[u8; 16]>::try_from(bytes)) {
        (3, Ok(bytes)) => Ok(Uuid::from_bytes(permuted(bytes, order))),
        (4, Ok(bytes)) => Ok(Uuid::from_bytes(bytes)),
        (3 | 4, Err(_)) => Err(value.unfit(EXPECTED, format_args!("{} bytes", bytes.len()))),
        _ => Err(value.unfit(EXPECTED, format_args!("binary data of subtype {subtype}"))),
    }
}
