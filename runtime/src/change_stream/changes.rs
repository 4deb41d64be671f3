//! Which fields an update has changed.

use std::{fmt, marker::PhantomData};

use mongodb::bson::{RawBsonRef, RawDocument, RawDocumentBuf, spec::ElementType};

use crate::{
    codec::{Bridge, DecodeOwned, DocumentReader, RawValue, Via},
    error::{DecodeError, Result},
    path::{AtArray, Field, Located, Readable, is_within, value_at},
};

/// The fields that an update has changed, asked for by their paths.
///
/// They are what the server says has changed, which is less than what the update set: setting a field to the value that
/// it has is no change, and a `push` is a change of `tags.3` and not of `tags`.
pub struct Changes<D> {
    description: RawDocumentBuf,
    document: PhantomData<fn() -> D>,
}

/// A field type that can be read from an event.
#[doc(hidden)]
pub trait FieldValue {
    type Value;

    fn read(value: RawValue<'_>) -> Result<Self::Value, DecodeError>;

    fn missing() -> Option<Self::Value>;
}

#[diagnostic::do_not_recommend]
impl<T: DecodeOwned> FieldValue for T {
    type Value = T;

    fn read(value: RawValue<'_>) -> Result<T, DecodeError> {
        T::decode(value)
    }

    fn missing() -> Option<T> {
        T::missing()
    }
}

#[diagnostic::do_not_recommend]
impl<T, B: Bridge<T>> FieldValue for Via<T, B> {
    type Value = T;

    fn read(value: RawValue<'_>) -> Result<T, DecodeError> {
        B::decode(value)
    }

    fn missing() -> Option<T> {
        B::missing()
    }
}

impl<D> Changes<D> {
    pub(super) fn new(description: RawDocumentBuf) -> Self {
        Self { description, document: PhantomData }
    }

    /// The new value of a field; `None` when it was not set as a whole.
    ///
    /// It is found as well where a document around it was set. Of an array or document of which only a part was changed,
    /// this is `None` and [`touches`](Self::touches) is true.
    ///
    /// # Errors
    ///
    /// [Decode](crate::Error::is_decode) when the value does not fit the type of the field.
    pub fn get<T: FieldValue, P: Located + Readable>(
        &self,
        field: Field<D, T, P>,
    ) -> Result<Option<T::Value>> {
        let path = field.path();
        let Some(mut fields) = self.part("updatedFields") else { return Ok(None) };
        while let Some((key, value)) = fields.next_entry()? {
            let found = match path.strip_prefix(key) {
                Some("") => Some(value),
                Some(rest) => match rest.strip_prefix('.') {
                    Some(rest) => match within(value, rest)? {
                        Some(value) => Some(value),
                        None => return Ok(T::missing()),
                    },
                    None => None,
                },
                None => None,
            };
            if let Some(found) = found {
                return Ok(Some(T::read(found).map_err(|error| error.at(path.into_owned()))?));
            }
        }
        Ok(None)
    }

    /// Whether a field was removed, by itself or with a document around it.
    #[must_use]
    pub fn removed<T, P: Located + Readable>(&self, field: Field<D, T, P>) -> bool {
        let path = field.path();
        self.removed_fields().any(|removed| is_within(&path, removed))
    }

    /// How many elements an array was cut down to; `None` when it was not.
    #[must_use]
    pub fn truncated<T, P: Located + Readable>(&self, field: Field<D, T, P>) -> Option<u32> {
        let path = field.path();
        self.truncated_arrays().find(|(array, _)| *array == path).map(|(_, len)| len)
    }

    /// Whether a field was changed in any way: set, removed, truncated, or a part of it or a document around it was.
    #[must_use]
    pub fn touches<T, P: Located + Readable>(&self, field: Field<D, T, P>) -> bool {
        let path = field.path();
        let touched = |key: &str| is_within(&path, key) || is_within(key, &path);
        self.updated_fields().any(|(name, _)| touched(name))
            || self.removed_fields().any(touched)
            || self.truncated_arrays().any(|(array, _)| touched(array))
    }

    /// The dotted names of the fields that were set, with their values.
    pub fn updated_fields(&self) -> impl Iterator<Item = (&str, RawBsonRef<'_>)> {
        let updated = self.description.get_document("updatedFields").into_iter().flatten();
        updated.filter_map(|field| field.ok().map(|(name, value)| (name.as_str(), value)))
    }

    /// The dotted names of the fields that were removed.
    pub fn removed_fields(&self) -> impl Iterator<Item = &str> {
        let removed = self.description.get_array("removedFields").into_iter().flatten();
        removed.filter_map(|name| name.ok()?.as_str())
    }

    /// The dotted names of the arrays that were cut, with their new lengths.
    pub fn truncated_arrays(&self) -> impl Iterator<Item = (&str, u32)> {
        let truncated = self.description.get_array("truncatedArrays").into_iter().flatten();
        truncated.filter_map(|array| {
            let array = array.ok()?.as_document()?;
            let len = array.get_i32("newSize").ok()?;
            Some((array.get_str("field").ok()?, u32::try_from(len).ok()?))
        })
    }

    /// The whole `updateDescription`, with `disambiguatedPaths` where the server adds them.
    #[must_use]
    pub fn as_raw(&self) -> &RawDocument {
        &self.description
    }

    fn part(&self, key: &str) -> Option<DocumentReader<'_>> {
        DocumentReader::new(self.description.get_document(key).ok()?.as_bytes()).ok()
    }
}

/// What is at a dotted name within a value, where numbers are those of elements.
fn within<'de>(value: RawValue<'de>, path: &str) -> Result<Option<RawValue<'de>>, DecodeError> {
    let document = match value.element_type() {
        ElementType::EmbeddedDocument => value.document()?,
        ElementType::Array => value.array()?,
        _ => return Ok(None),
    };
    value_at(document, path, AtArray::Number)
}

impl<D> Clone for Changes<D> {
    fn clone(&self) -> Self {
        Self::new(self.description.clone())
    }
}

impl<D> PartialEq for Changes<D> {
    fn eq(&self, other: &Self) -> bool {
        self.description == other.description
    }
}

impl<D> fmt::Debug for Changes<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Changes").field(&self.description).finish()
    }
}
