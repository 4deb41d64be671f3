//! Typed ids.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use mongodb::bson::{oid::ObjectId, spec::ElementType};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    codec::{Decode, DecodeError, Encode, RawValue, Slot},
    error::Error,
};

/// The `_id` of a `T`: an ObjectId that cannot be taken for the id of another model.
///
/// An ObjectId in the database; in JSON and other text formats, its 24 hexadecimal digits.
///
/// # Examples
///
/// ```
/// # use odmium::prelude::*;
/// # #[derive(Document)]
/// # #[document(collection = "users")]
/// # struct User { id: Id<User> }
/// let id: Id<User> = "65a1b2c3d4e5f60718293a4b".parse()?;
/// assert_eq!(id.to_string(), "65a1b2c3d4e5f60718293a4b");
/// # Ok::<(), odmium::Error>(())
/// ```
pub struct Id<T: ?Sized>(ObjectId, PhantomData<fn() -> Box<T>>);

impl<T: ?Sized> Id<T> {
    /// A new id: the time in seconds, a number of this process, a counter.
    #[expect(clippy::new_without_default, reason = "two defaults would not be equal")]
    #[must_use]
    pub fn new() -> Self {
        Self::from_object_id(ObjectId::new())
    }

    /// Takes an ObjectId for the id of a `T`.
    #[must_use]
    pub const fn from_object_id(id: ObjectId) -> Self {
        Self(id, PhantomData)
    }

    /// The ObjectId.
    #[must_use]
    pub const fn object_id(self) -> ObjectId {
        self.0
    }
}

impl<T: ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Id<T> {}

impl<T: ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: ?Sized> Eq for Id<T> {}

impl<T: ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T: ?Sized> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.0)
    }
}

impl<T: ?Sized> From<ObjectId> for Id<T> {
    fn from(id: ObjectId) -> Self {
        Self::from_object_id(id)
    }
}

impl<T: ?Sized> FromStr for Id<T> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let id = ObjectId::parse_str(text)
            .map_err(|_| Error::argument(format!("{text:?} is no id: give 24 hexadecimal digits")))?;
        Ok(Self::from_object_id(id))
    }
}

impl<T: ?Sized> Encode for Id<T> {
    #[inline]
    fn encode(&self, slot: Slot<'_>) {
        slot.object_id(self.0);
    }
}

impl<'de, T: ?Sized> Decode<'de> for Id<T> {
    const LIKELY: Option<ElementType> = ObjectId::LIKELY;

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        ObjectId::decode(value).map(Self::from_object_id)
    }
}

impl<T: ?Sized> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.collect_str(&self.0),
            false => self.0.serialize(serializer),
        }
    }
}

impl<'de, T: ?Sized> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return ObjectId::deserialize(deserializer).map(Self::from_object_id);
        }
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
