//! One value as it stands in the bytes.

use std::{borrow::Cow, fmt};

use mongodb::bson::{Bson, spec::ElementType};

use super::{Decode, DocumentReader, length::read_len};
use crate::error::{DecodeError, DecodeErrorKind, Malformed};

/// A value as it stands in the bytes: its type, and the bytes of the value alone.
///
/// The length of the bytes fits the type; what is inside a document, string or array is not checked yet.
#[derive(Clone, Copy, Debug)]
pub struct RawValue<'de> {
    pub(super) kind: ElementType,
    pub(super) bytes: &'de [u8],
    pub(super) depth: usize,
}

impl<'de> RawValue<'de> {
    /// The bytes of the value.
    #[inline]
    pub(crate) fn bytes(self) -> &'de [u8] {
        self.bytes
    }

    /// The BSON type.
    #[inline]
    #[must_use]
    pub fn element_type(self) -> ElementType {
        self.kind
    }

    /// The text of a string.
    ///
    /// # Errors
    ///
    /// When it is of another type, or no UTF-8.
    #[inline]
    pub fn str(self) -> Result<&'de str, DecodeError> {
        match self.kind {
            ElementType::String | ElementType::Symbol => self.text(),
            _ => Err(self.mismatch("a string")),
        }
    }

    /// The text of a string-like value.
    #[inline]
    pub(super) fn text(self) -> Result<&'de str, DecodeError> {
        Ok(text(self.bytes)?)
    }

    /// The fields of a document.
    ///
    /// # Errors
    ///
    /// When it is of another type, badly framed, or nested too deep.
    #[inline]
    pub fn document(self) -> Result<DocumentReader<'de>, DecodeError> {
        match self.kind {
            ElementType::EmbeddedDocument => DocumentReader::nested(self.bytes, self.depth),
            _ => Err(self.mismatch("a document")),
        }
    }

    /// The elements of an array; the keys are the positions and can be ignored.
    ///
    /// # Errors
    ///
    /// When it is of another type, badly framed, or nested too deep.
    #[inline]
    pub fn array(self) -> Result<DocumentReader<'de>, DecodeError> {
        match self.kind {
            ElementType::Array => DocumentReader::nested(self.bytes, self.depth),
            _ => Err(self.mismatch("an array")),
        }
    }

    /// Subtype and bytes of binary data.
    ///
    /// # Errors
    ///
    /// When it is of another type, or its old inner length is wrong.
    pub fn binary(self) -> Result<(u8, &'de [u8]), DecodeError> {
        match (self.kind, self.bytes) {
            (ElementType::Binary, [_, _, _, _, 2, inner @ ..]) => match read_len(inner) {
                Some(len) if len + 4 == inner.len() => Ok((2, &inner[4..])),
                _ => Err(Malformed("binary data of subtype 2 has a wrong inner length").into()),
            },
            (ElementType::Binary, [_, _, _, _, subtype, bytes @ ..]) => Ok((*subtype, bytes)),
            _ => Err(self.mismatch("binary data")),
        }
    }

    /// The value in the driver's dynamic type.
    ///
    /// # Errors
    ///
    /// When the bytes are no BSON.
    pub fn to_bson(self) -> Result<Bson, DecodeError> {
        Bson::decode(self)
    }

    /// An error for a value of the wrong type; `expected` follows "must be": `"a string"`.
    // The cold part takes no `RawValue`: the address of one would keep all of them out of registers.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn mismatch(self, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        wrong_type(expected.into(), self.kind)
    }

    /// An error for a value of the right type that does not fit; `expected` follows "must be": `"an even number"`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn unfit(self, expected: impl Into<Cow<'static, str>>, found: impl fmt::Display) -> DecodeError {
        wrong_value(expected.into(), &found)
    }

    /// The bytes of a value of fixed size.
    #[inline]
    pub(super) fn fixed<const N: usize>(self) -> Result<[u8; N], DecodeError> {
        match self.bytes.try_into() {
            Ok(bytes) => Ok(bytes),
            Err(_) => Err(Malformed("a value has the wrong length").into()),
        }
    }
}

/// The text of a string-like value, from the bytes of the value.
#[inline]
pub(super) fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    match bytes {
        [_, _, _, _, text @ .., 0] => utf8(text),
        _ => Err(Malformed("a string has no end")),
    }
}

#[inline]
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, Malformed> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) => Err(Malformed("a text is not UTF-8")),
    }
}

#[cold]
#[inline(never)]
fn wrong_type(expected: Cow<'static, str>, found: ElementType) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Type { expected, found })
}

#[cold]
#[inline(never)]
fn wrong_value(expected: Cow<'static, str>, found: &dyn fmt::Display) -> DecodeError {
    let mut found = found.to_string();
    if let Some((at, _)) = found.char_indices().nth(80) {
        found.truncate(at);
        found.push_str("..");
    }
    DecodeError::new(DecodeErrorKind::Value { expected, found })
}
