//! Changes that a client asks for: a generated `UserPatch`, read from JSON.

use mongodb::bson::{Bson, Document};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Step, Update};
use crate::{
    codec::{EncodeDocument, encode_to_raw},
    error::EncodeError,
};

/// What becomes of one field: it is kept, or set.
///
/// `#[document(patch)]` on a model `User` generates `UserPatch`, a struct with a `Patch` for every field but the id;
/// `#[document(patch(name, nick))]` names those that a client may change. It is an update of `User`, and JSON by serde:
/// a key that is not there keeps the field, `null` removes an optional one, and is an error for another.
///
/// ```
/// use odmium::{bson::doc, prelude::*, update::{IntoUpdate, Patch}};
///
/// #[derive(Document)]
/// #[document(collection = "users", patch(name, nick))]
/// struct User { id: Id<User>, name: String, nick: Option<String>, role: String }
///
/// let patch: UserPatch = serde_json::from_str(r#"{ "name": "Ann", "nick": null }"#)?;
/// assert_eq!(patch.nick, Patch::unset());
/// assert_eq!(
///     patch.into_update().to_document()?,
///     doc! { "$set": { "name": "Ann" }, "$unset": { "nick": "" } },
/// );
/// assert!(serde_json::from_str::<UserPatch>(r#"{ "role": "admin" }"#).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A patch that keeps everything [is empty](Update::is_empty) as an update, and an operation refuses it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field stays as it is.
    #[default]
    Keep,
    /// The field is set; an optional one that is set to `None` is removed.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field stays as it is.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Whether the field is set or removed.
    #[must_use]
    pub const fn is_set(&self) -> bool {
        !self.is_keep()
    }
}

impl<T> Patch<Option<T>> {
    /// The field is removed.
    #[must_use]
    pub const fn unset() -> Self {
        Self::Set(None)
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::Set)
    }
}

/// A field that is kept is left out by the generated struct; standing alone it is written as null.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// The update of a generated patch: what it writes is set, what it names and does not write is removed.
#[doc(hidden)]
pub fn patch<D, P: EncodeDocument>(patch: &P, fields: &[(&'static str, bool)]) -> Update<D> {
    let mut written = encode_to_raw(patch).and_then(|raw| {
        Document::try_from(raw)
            .map_err(|error| EncodeError::new(String::new(), "its bytes are no BSON", Some(error.into())))
    });
    let mut update = Update::new();
    for (key, _) in fields.iter().filter(|(_, set)| *set) {
        let (op, value) = match &mut written {
            Err(error) => ("$set", Err(error.clone())),
            Ok(written) => match written.remove(key) {
                Some(value) => ("$set", Ok(value)),
                None => ("$unset", Ok(Bson::String(String::new()))),
            },
        };
        update.steps.push(Step::Write { op, path: (*key).into(), value, picked: Vec::new() });
    }
    update
}
