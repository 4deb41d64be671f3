//! Finding a dotted path in the bytes of a reply.

use mongodb::bson::spec::ElementType;

use crate::{
    codec::{DocumentReader, RawValue},
    error::DecodeError,
};

/// What stands at a path.
pub(crate) enum Found<'de> {
    Value(RawValue<'de>),
    /// The document that would hold it is there.
    NoField,
    /// A document on the way is absent, or null.
    NoParent,
}

impl<'de> Found<'de> {
    /// Goes to a path. The reader is left behind the field, so that fields in the order of the bytes are found at once.
    pub(crate) fn at(document: &mut DocumentReader<'de>, path: &str) -> Result<Self, DecodeError> {
        let (mut key, mut rest) = split(path);
        let Some(mut value) = seek_around(document, key)? else {
            return Ok(if rest.is_empty() { Self::NoField } else { Self::NoParent });
        };
        while !rest.is_empty() {
            if matches!(value.element_type(), ElementType::Null | ElementType::Undefined) {
                return Ok(Self::NoParent);
            }
            let walked = path.len() - rest.len() - 1;
            let mut inner = value.document().map_err(|error| error.at(path[..walked].to_owned()))?;
            (key, rest) = split(rest);
            value = match seek(&mut inner, key)? {
                Some(value) => value,
                None if rest.is_empty() => return Ok(Self::NoField),
                None => return Ok(Self::NoParent),
            };
        }
        Ok(Self::Value(value))
    }
}

/// The error for a field that is not there.
#[cold]
pub(crate) fn missing(path: &str) -> DecodeError {
    DecodeError::not_selected(path.to_owned().into())
}

fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or((path, ""))
}

fn seek<'de>(document: &mut DocumentReader<'de>, key: &str) -> Result<Option<RawValue<'de>>, DecodeError> {
    while let Some((found, value)) = document.next_entry()? {
        if found == key {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The same from where the reader stands, then from the start.
fn seek_around<'de>(
    document: &mut DocumentReader<'de>,
    key: &str,
) -> Result<Option<RawValue<'de>>, DecodeError> {
    if let Some(value) = seek(document, key)? {
        return Ok(Some(value));
    }
    *document = document.restart();
    seek(document, key)
}
