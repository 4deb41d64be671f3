//! A field whose absence and null mean different things.

use mongodb::bson::spec::ElementType;

use super::{Decode, Encode, RawValue, Slot};
use crate::error::DecodeError;

/// A field that is missing, null or there, all three kept apart.
///
/// `Option` reads missing and null alike and writes no field for `None`; use this where the difference has a
/// meaning, for instance "not asked" and "asked, no answer".
///
/// # Examples
///
/// ```
/// use odmium::codec::Maybe;
///
/// let answer: Maybe<i32> = Maybe::Null;
/// assert_eq!(answer.value(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Maybe<T> {
    /// There is no field.
    #[default]
    Missing,
    /// The field is null.
    Null,
    /// The field has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, when there is one.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Missing | Self::Null => None,
        }
    }

    /// The same by reference.
    #[must_use]
    pub fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Missing => Maybe::Missing,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// In an array, a missing element is written as null.
impl<T: Encode> Encode for Maybe<T> {
    fn encode(&self, slot: Slot<'_>) {
        match self {
            Self::Missing => slot.skip(),
            Self::Null => slot.null(),
            Self::Value(value) => value.encode(slot),
        }
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Maybe<T> {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.element_type() {
            ElementType::Null | ElementType::Undefined => Ok(Self::Null),
            _ => T::decode(value).map(Self::Value),
        }
    }

    fn missing() -> Option<Self> {
        Some(Self::Missing)
    }
}
