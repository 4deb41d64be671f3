//! Reading BSON bytes: every length is checked once, nothing is copied.

use mongodb::bson::spec::ElementType;

use super::{
    Decode, MAX_DEPTH, RawValue,
    length::{read_len, value_len},
    value::utf8,
};
use crate::error::{DecodeError, DecodeErrorKind, Malformed};

/// The fields of a document, read one after the other.
#[derive(Clone, Debug)]
pub struct DocumentReader<'de> {
    /// The whole document: length, elements, NUL.
    bytes: &'de [u8],
    /// The elements that are not read yet, without the final NUL.
    rest: &'de [u8],
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

    #[inline]
    pub(super) fn nested(bytes: &'de [u8], depth: usize) -> Result<Self, DecodeError> {
        if depth == MAX_DEPTH {
            return Err(DecodeError::new(DecodeErrorKind::TooDeep));
        }
        match bytes {
            [_, _, _, _, rest @ .., 0] if read_len(bytes) == Some(bytes.len()) => {
                let value = RawValue { kind: ElementType::Null, bytes: &[], depth: depth + 1 };
                Ok(Self { bytes, rest, expected: 0, key: &[], value, shared: false })
            }
            _ => Err(Malformed("the length of the document does not fit its bytes").into()),
        }
    }

    /// The whole document again, from its first field, for one who knows only some of its keys.
    #[must_use]
    pub fn restart(&self) -> Self {
        let rest = self.bytes.get(4..self.bytes.len() - 1).unwrap_or_default();
        Self { rest, expected: 0, key: &[], shared: true, ..self.clone() }
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
        Ok(match self.next_known(&[])? {
            None => None,
            Some(_) => Some((utf8(self.key)?, self.value)),
        })
    }

    /// Reads the next field if it has this key; `header` is an element's first bytes: `b"\0name\0"`.
    ///
    /// Documents mostly hold their fields in the order in which the model wrote them, and of the types that it wrote:
    /// one comparison of known length then finds the key and its end, and nothing is looked up.
    // Always inlined: the header and the type are constants for the caller.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn take<T: Decode<'de>>(
        &mut self,
        header: &'static [u8],
        place: &mut Option<T>,
    ) -> Result<(), DecodeError> {
        let key = header.get(1..).unwrap_or_default();
        match self.rest.split_first() {
            Some((tag, after)) if after.starts_with(key) => {
                self.take_value(*tag, &after[key.len()..], |value| *place = Some(value))
            }
            _ => Ok(()),
        }
    }

    /// Goes to the next field if it has this key.
    pub(super) fn advance_to(&mut self, header: &'static [u8]) -> Result<bool, DecodeError> {
        let key = header.get(1..).unwrap_or_default();
        match self.rest.split_first() {
            Some((_, after)) if after.starts_with(key) => {
                self.advance(&[])?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Reads the next element of an array, whatever its key, and hands it to `put`; false at the end.
    #[inline]
    pub(crate) fn take_element<T: Decode<'de>>(&mut self, put: impl FnOnce(T)) -> Result<bool, DecodeError> {
        let Some((tag, after)) = self.rest.split_first() else { return Ok(false) };
        match after.iter().position(|byte| *byte == 0) {
            Some(end) => self.take_value(*tag, &after[end + 1..], put).map(|()| true),
            None => Err(Malformed("a key has no end").into()),
        }
    }

    /// The bytes of the next element of an array of documents.
    #[inline]
    pub(crate) fn take_document(&mut self) -> Result<Option<&'de [u8]>, DecodeError> {
        let mut document = None;
        self.take_element(|Framed(bytes)| document = Some(bytes))?;
        Ok(document)
    }

    /// Reads the value of the next element, which `after` begins with.
    // To a closure, as a large value would be copied on its way through each `Result`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_value<T: Decode<'de>>(
        &mut self,
        tag: u8,
        after: &'de [u8],
        put: impl FnOnce(T),
    ) -> Result<(), DecodeError> {
        if let Some(kind) = T::LIKELY
            && tag == kind as u8
            && let Ok(len) = value_len(kind, after)
            && let Some((bytes, rest)) = after.split_at_checked(len)
        {
            match T::decode(RawValue { kind, bytes, depth: self.value.depth }) {
                Ok(value) => put(value),
                Err(error) => return Err(self.ahead(error)),
            }
            self.rest = rest;
        } else {
            put(self.take_unlikely()?);
        }
        Ok(())
    }

    /// The same for a value of another type, or of a wrong length.
    #[cold]
    #[inline(never)]
    fn take_unlikely<T: Decode<'de>>(&mut self) -> Result<T, DecodeError> {
        self.advance(&[])?;
        self.value()
    }

    /// The position in `keys` of the next field's key, or [`UNKNOWN`].
    ///
    /// The key after the last one is tried first.
    #[inline]
    pub(crate) fn next_known(&mut self, keys: &'static [&'static str]) -> Result<Option<usize>, DecodeError> {
        match self.rest {
            [] => Ok(None),
            _ => Ok(Some(self.advance(keys)?)),
        }
    }

    fn advance(&mut self, keys: &[&str]) -> Result<usize, Malformed> {
        let Some((tag, after)) = self.rest.split_first() else {
            return Err(Malformed("a document ends too early"));
        };
        let (index, key) = match keys.get(self.expected) {
            Some(key) if after.get(key.len()) == Some(&0) && after.starts_with(key.as_bytes()) => {
                (self.expected, &after[..key.len()])
            }
            _ => {
                let Some(end) = after.iter().position(|byte| *byte == 0) else {
                    return Err(Malformed(match tag {
                        0 => "a document ends before its last field",
                        _ => "a key has no end",
                    }));
                };
                (self.search(keys, &after[..end]), &after[..end])
            }
        };
        if index != UNKNOWN {
            self.expected = index + 1;
        }
        self.key = key;
        let Some(kind) = ElementType::from(*tag) else {
            return Err(Malformed(match tag {
                0 => "a document ends before its last field",
                _ => "a value is of an unknown type",
            }));
        };
        let after = &after[key.len() + 1..];
        let Some((bytes, rest)) = after.split_at_checked(value_len(kind, after)?) else {
            return Err(Malformed("a value is longer than its document"));
        };
        (self.value.kind, self.value.bytes, self.rest) = (kind, bytes, rest);
        Ok(index)
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
        self.rest = self.rest.get(position..).unwrap_or_default();
    }

    /// How many bytes of the fields are read.
    pub(crate) fn position(&self) -> usize {
        self.bytes.len() - 5 - self.rest.len()
    }

    /// How many bytes are not read yet.
    pub(crate) fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// The current value.
    pub(crate) fn raw(&self) -> RawValue<'de> {
        self.value
    }

    /// Whether the current key is this one.
    pub(crate) fn is_at(&self, key: &str) -> bool {
        self.key == key.as_bytes()
    }

    /// Adds the current key to an error.
    #[cold]
    pub(crate) fn here(&self, error: DecodeError) -> DecodeError {
        error.at(String::from_utf8_lossy(self.key).into_owned())
    }

    /// Adds the key of the next field to an error.
    #[cold]
    fn ahead(&self, error: DecodeError) -> DecodeError {
        let key = self.rest.iter().skip(1).take_while(|byte| **byte != 0).copied().collect::<Vec<u8>>();
        error.at(String::from_utf8_lossy(&key).into_owned())
    }

    /// The bytes of the whole document.
    pub(crate) fn bytes(&self) -> &'de [u8] {
        self.bytes
    }
}

/// A document whose inside is not looked at.
struct Framed<'de>(&'de [u8]);

impl<'de> Decode<'de> for Framed<'de> {
    const LIKELY: Option<ElementType> = Some(ElementType::EmbeddedDocument);

    #[inline]
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        match value.kind {
            ElementType::EmbeddedDocument => Ok(Self(value.bytes)),
            _ => Err(value.mismatch("a document")),
        }
    }
}
