//! Maps with string-like keys, stored as documents.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
    rc::Rc,
    sync::Arc,
};

use mongodb::bson::{Uuid, oid::ObjectId};

use super::{Decode, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot};
use crate::{error::DecodeError, model::Id};

/// A type that can be the key of a map: it has a text, and is read back from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map in a document",
    label = "the keys of a document are strings",
    note = "use `String`, an integer or `ObjectId`, implement `odmium::codec::MapKey`, or store a `Vec` of pairs"
)]
pub trait MapKey: Sized {
    /// The text in the document. It must not contain NUL; `$` at the front and `.` make it hard to query.
    fn to_key(&self) -> Cow<'_, str>;

    /// Reads the text; `None` refuses it.
    fn from_key(key: &str) -> Option<Self>;
}

impl MapKey for String {
    fn to_key(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn from_key(key: &str) -> Option<Self> {
        Some(key.to_owned())
    }
}

impl MapKey for ObjectId {
    fn to_key(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_hex())
    }

    fn from_key(key: &str) -> Option<Self> {
        key.parse().ok()
    }
}

macro_rules! parsed {
    ($($key:ty)*) => {$(
        impl MapKey for $key {
            fn to_key(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn from_key(key: &str) -> Option<Self> {
                key.parse().ok()
            }
        }
    )*};
}

parsed!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize char bool);

macro_rules! texts {
    ($($key:ty)*) => {$(
        impl MapKey for $key {
            fn to_key(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }

            fn from_key(key: &str) -> Option<Self> {
                Some(Self::from(key.to_owned()))
            }
        }
    )*};
}

texts!(Box<str> Rc<str> Arc<str> Cow<'_, str>);

impl<T: ?Sized> MapKey for Id<T> {
    fn to_key(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn from_key(key: &str) -> Option<Self> {
        key.parse().ok()
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

macro_rules! maps {
    ($($map:ident<K, V $(, $hasher:ident)?> [$($bound:path),*])*) => {$(
        impl<K: MapKey, V: Encode $(, $hasher)?> Encode for $map<K, V $(, $hasher)?> {
            fn encode(&self, slot: Slot<'_>) {
                slot.document(|document| self.encode_fields(document));
            }
        }

        impl<K: MapKey, V: Encode $(, $hasher)?> EncodeDocument for $map<K, V $(, $hasher)?> {
            fn encode_fields(&self, document: &mut DocumentWriter) {
                for (key, value) in self {
                    document.field(&key.to_key(), value);
                }
            }
        }

        impl<'de, K: MapKey $(+ $bound)*, V: Decode<'de> $(, $hasher: BuildHasher + Default)?> Decode<'de>
            for $map<K, V $(, $hasher)?>
        {
            fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
                let mut entries = value.document()?;
                let mut map = Self::default();
                while let Some((key, _)) = entries.next_entry()? {
                    map.insert(map_key(&entries, key)?, entries.value()?);
                }
                Ok(map)
            }
        }

        impl<'de, K: MapKey $(+ $bound)*, V: Decode<'de> $(, $hasher: BuildHasher + Default)?>
            Rest<'de> for $map<K, V $(, $hasher)?>
        {
            fn collect(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError> {
                let mut entries = document.restart();
                let mut map = Self::default();
                while let Some((key, _)) = entries.next_entry()? {
                    if !known(key) {
                        map.insert(map_key(&entries, key)?, entries.value()?);
                    }
                }
                Ok(map)
            }
        }
    )*};
}

maps! {
    HashMap<K, V, S> [Eq, Hash]
    BTreeMap<K, V> [Ord]
}

/// A map that takes the keys that no other field knows (`#[field(flatten)]`).
pub(crate) trait Rest<'de>: Sized {
    fn collect(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError>;
}

/// The key of an entry that was read.
pub(crate) fn map_key<K: MapKey>(entries: &DocumentReader<'_>, key: &str) -> Result<K, DecodeError> {
    K::from_key(key).ok_or_else(|| {
        let expected = format!("under a key that reads as {}", std::any::type_name::<K>());
        entries.here(entries.raw().unfit(expected, format_args!("the key {key:?}")))
    })
}
