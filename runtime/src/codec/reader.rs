//! Reading BSON bytes: every length is checked once, nothing is copied.

use std::borrow::Cow;

use mongodb::bson::{Bson, spec::ElementType};

use super::{Decode, MAX_DEPTH};
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

/// The fields of a document, read one after the other.
#[derive(Clone, Debug)]
pub struct DocumentReader<'de> {
    /// The whole document: length, elements, NUL.
    bytes: &'de [u8],
    /// Where the next element begins.
    at: usize,
    /// Which known key most likely comes next.
    expected: usize,
    /// The key and value read last.
    key: &'de [u8],
    value: RawValue<'de>,
    /// Whether the document belongs to several readers, each with keys of its own.
    shared: bool,
}

/// What [`DocumentReader::next_known`] gives for a key that is not in the list.
pub(crate) const UNKNOWN: usize = usize::MAX;

impl<'de> DocumentReader<'de> {
    /// Reads a whole document.
    ///
    /// # Errors
    ///
    /// When the bytes are not framed as one document.
    pub fn new(bytes: &'de [u8]) -> Result<Self, DecodeError> {
        Self::nested(bytes, 0)
    }

    pub(super) fn nested(bytes: &'de [u8], depth: usize) -> Result<Self, DecodeError> {
        if depth == MAX_DEPTH {
            return Err(DecodeError::new(DecodeErrorKind::TooDeep));
        }
        let framed = read_len(bytes) == Some(bytes.len()) && bytes.len() >= 5 && bytes.ends_with(&[0]);
        if !framed {
            return Err(Malformed("the length of the document does not fit its bytes").into());
        }
        let value = RawValue { kind: ElementType::Null, bytes: &[], depth: depth + 1 };
        Ok(Self { bytes, at: 4, expected: 0, key: &[], value, shared: false })
    }

    /// The whole document again, from its first field, for one who knows only some of its keys.
    #[must_use]
    pub fn restart(&self) -> Self {
        Self { at: 4, expected: 0, key: &[], shared: true, ..self.clone() }
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.shared
    }

    /// The next key and value, in the order of the bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are no BSON.
    pub fn next_entry(&mut self) -> Result<Option<(&'de str, RawValue<'de>)>, DecodeError> {
        Ok(match self.advance(&[])? {
            None => None,
            Some(_) => Some((utf8(self.key)?, self.value)),
        })
    }

    /// The position in `keys` of the next field's key, or [`UNKNOWN`].
    ///
    /// Documents mostly hold their fields in the order in which the model wrote them, so the key after the last one
    /// is tried first: one comparison then finds both the key and its end.
    #[inline]
    pub(crate) fn next_known(&mut self, keys: &'static [&'static str]) -> Result<Option<usize>, DecodeError> {
        Ok(self.advance(keys)?)
    }

    fn advance(&mut self, keys: &[&str]) -> Result<Option<usize>, Malformed> {
        let Some(&tag) = self.bytes.get(self.at) else {
            return Err(Malformed("a document ends too early"));
        };
        if tag == 0 {
            return match self.at + 1 == self.bytes.len() {
                true => Ok(None),
                false => Err(Malformed("a document ends before its last field")),
            };
        }
        let rest = &self.bytes[self.at + 1..];
        let (index, key) = match keys.get(self.expected) {
            Some(key) if rest.get(key.len()) == Some(&0) && rest.starts_with(key.as_bytes()) => {
                (self.expected, &rest[..key.len()])
            }
            _ => {
                let Some(end) = rest.iter().position(|byte| *byte == 0) else {
                    return Err(Malformed("a key has no end"));
                };
                (self.search(keys, &rest[..end]), &rest[..end])
            }
        };
        if index != UNKNOWN {
            self.expected = index + 1;
        }
        self.key = key;
        let Some(kind) = ElementType::from(tag) else {
            return Err(Malformed("a value is of an unknown type"));
        };
        let after = &rest[key.len() + 1..];
        let len = value_len(kind, after)?;
        let Some(bytes) = after.get(..len) else {
            return Err(Malformed("a value is longer than its document"));
        };
        self.value.kind = kind;
        self.value.bytes = bytes;
        self.at += 2 + key.len() + len;
        Ok(Some(index))
    }

    fn search(&self, keys: &[&str], key: &[u8]) -> usize {
        let is = |known: &&str| known.as_bytes() == key;
        let from = self.expected.min(keys.len());
        if let Some(found) = keys[from..].iter().position(is) {
            return from + found;
        }
        keys[..from].iter().position(is).unwrap_or(UNKNOWN)
    }

    /// Reads the current value.
    #[inline]
    pub(crate) fn value<T: Decode<'de>>(&self) -> Result<T, DecodeError> {
        match T::decode(self.value) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.here(error)),
        }
    }

    /// Goes on where another reader of the same bytes stopped; 0 is the start.
    pub(crate) fn skip_to(&mut self, position: usize) {
        self.at = self.at.max(position);
    }

    /// Where the next field begins.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The current value.
    pub(crate) fn raw(&self) -> RawValue<'de> {
        self.value
    }

    /// Adds the current key to an error.
    #[cold]
    pub(crate) fn here(&self, error: DecodeError) -> DecodeError {
        error.at(String::from_utf8_lossy(self.key).into_owned())
    }

    /// The bytes of the whole document.
    pub(crate) fn bytes(&self) -> &'de [u8] {
        self.bytes
    }
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
        match self.bytes {
            [_, _, _, _, text @ .., 0] => utf8(text),
            _ => Err(Malformed("a string has no end").into()),
        }
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
    #[cold]
    #[must_use]
    pub fn mismatch(self, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        DecodeError::new(DecodeErrorKind::Type { expected: expected.into(), found: self.kind })
    }

    /// An error for a value of the right type that does not fit; `expected` follows "must be": `"an even number"`.
    #[cold]
    #[must_use]
    pub fn unfit(self, expected: impl Into<Cow<'static, str>>, found: impl std::fmt::Display) -> DecodeError {
        let mut found = found.to_string();
        if let Some((at, _)) = found.char_indices().nth(80) {
            found.truncate(at);
            found.push_str("..");
        }
        DecodeError::new(DecodeErrorKind::Value { expected: expected.into(), found })
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

/// How many bytes a value takes.
#[inline]
fn value_len(kind: ElementType, rest: &[u8]) -> Result<usize, Malformed> {
    const SHORT: Malformed = Malformed("a value has no or a negative length");
    Ok(match kind {
        ElementType::Double | ElementType::DateTime | ElementType::Timestamp | ElementType::Int64 => 8,
        ElementType::Int32 => 4,
        ElementType::Boolean => 1,
        ElementType::ObjectId => 12,
        ElementType::Decimal128 => 16,
        ElementType::String | ElementType::JavaScriptCode | ElementType::Symbol => {
            match read_len(rest).ok_or(SHORT)? {
                0 => return Err(Malformed("a string has length zero")),
                len => len + 4,
            }
        }
        ElementType::EmbeddedDocument | ElementType::Array | ElementType::JavaScriptCodeWithScope => {
            match read_len(rest).ok_or(SHORT)? {
                0..5 => return Err(Malformed("a document is shorter than five bytes")),
                len => len,
            }
        }
        ElementType::Binary => read_len(rest).ok_or(SHORT)? + 5,
        ElementType::DbPointer => read_len(rest).ok_or(SHORT)? + 16,
        ElementType::Null | ElementType::Undefined | ElementType::MinKey | ElementType::MaxKey => 0,
        ElementType::RegularExpression => {
            let mut ends = rest.iter().enumerate().filter(|(_, byte)| **byte == 0);
            let end = ends.nth(1).ok_or(Malformed("a regular expression has no end"))?;
            end.0 + 1
        }
    })
}

/// A length in front of `bytes`; `None` when there are too few bytes or it is negative.
#[inline]
fn read_len(bytes: &[u8]) -> Option<usize> {
    let len = bytes.first_chunk::<4>()?;
    usize::try_from(i32::from_le_bytes(*len)).ok()
}

#[inline]
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) => Err(Malformed("a text is not UTF-8").into()),
    }
}

/// The dotted path of the value that is being written at the end of `buf`.
///
/// Walks the unfinished documents: their length is still zero, and the open element's type may be.
pub(super) fn open_path(buf: &[u8]) -> String {
    let mut path: Vec<Cow<'_, str>> = Vec::new();
    let mut at = 4;
    while let Some(&tag) = buf.get(at) {
        let Some(end) = buf[at + 1..].iter().position(|byte| *byte == 0) else { break };
        let key = String::from_utf8_lossy(&buf[at + 1..at + 1 + end]);
        let value = at + end + 2;
        let rest = buf.get(value..).unwrap_or_default();
        let open = match ElementType::from(tag) {
            None => {
                path.push(key);
                break;
            }
            Some(ElementType::EmbeddedDocument | ElementType::Array) => {
                matches!(rest, [0, 0, 0, 0, ..] | [] | [_] | [_, _] | [_, _, _])
            }
            Some(_) => false,
        };
        if open {
            path.push(key);
            at = value + 4;
            continue;
        }
        match ElementType::from(tag).map(|kind| value_len(kind, rest)) {
            Some(Ok(len)) if value + len < buf.len() => at = value + len,
            _ => {
                path.push(key);
                break;
            }
        }
    }
    path.join(".")
}
