//! Writing BSON bytes: one pass, straight into one buffer.
//!
//! Nothing here returns a `Result`: the first error is kept in the [`Writer`] and comes out of
//! [`finish`](Writer::finish). Generated code is then a straight line of calls, and a write that cannot fail pays
//! nothing for those that can.

use std::borrow::Cow;

use mongodb::bson::{oid::ObjectId, spec::ElementType};

use super::{Encode, EncodeDocument, MAX_DEPTH};
use crate::error::{BoxError, EncodeError};

/// A buffer of BSON bytes, and the first error met while filling it.
#[derive(Debug)]
pub struct Writer {
    buf: Vec<u8>,
    depth: usize,
    error: Option<EncodeError>,
}

impl Writer {
    /// A writer that appends to `buf`; its capacity is used, its content is kept.
    #[must_use]
    pub fn new(buf: Vec<u8>) -> Self {
        Self { buf, depth: 0, error: None }
    }

    /// Writes one whole document.
    pub fn document<T: EncodeDocument + ?Sized>(&mut self, value: &T) {
        self.nested(|document| value.encode_fields(document));
    }

    /// The bytes, or the first error.
    ///
    /// # Errors
    ///
    /// When a value could not be written: see [`EncodeError`].
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.error {
            None => Ok(self.buf),
            Some(error) => Err(error),
        }
    }

    #[inline]
    fn nested(&mut self, fill: impl FnOnce(&mut DocumentWriter<'_>)) {
        let start = self.buf.len();
        if self.depth == MAX_DEPTH {
            let reason = format!("documents and arrays are nested deeper than {MAX_DEPTH} levels");
            self.fail(reason.into(), None);
            self.buf.extend_from_slice(&[5, 0, 0, 0, 0]);
            return;
        }
        self.depth += 1;
        self.buf.extend_from_slice(&[0; 4]);
        fill(&mut DocumentWriter { out: self });
        self.buf.push(0);
        self.depth -= 1;
        self.close(start);
    }

    /// Fills in the length of what began at `start`.
    #[inline]
    fn close(&mut self, start: usize) {
        let Ok(len) = i32::try_from(self.buf.len() - start) else {
            return self.fail("the document is larger than the 2 GiB that BSON can count".into(), None);
        };
        if let Some(place) = self.buf.get_mut(start..start + 4) {
            place.copy_from_slice(&len.to_le_bytes());
        }
    }

    #[cold]
    fn fail(&mut self, reason: Cow<'static, str>, source: Option<BoxError>) {
        if self.error.is_none() {
            self.error = Some(EncodeError::new(super::open_path(&self.buf), reason, source));
        }
    }
}

/// The fields of a document that is being written.
#[derive(Debug)]
pub struct DocumentWriter<'w> {
    out: &'w mut Writer,
}

impl DocumentWriter<'_> {
    /// Writes a field.
    ///
    /// A key that contains NUL is an error, as BSON cannot hold it.
    #[inline]
    pub fn field<T: Encode + ?Sized>(&mut self, key: &str, value: &T) {
        value.encode(self.slot(key));
    }

    /// A place for one value under `key`; to be filled by one of its methods.
    #[inline]
    #[must_use = "a slot that is dropped leaves a broken document: call `skip` to write nothing"]
    pub fn slot(&mut self, key: &str) -> Slot<'_> {
        let at = self.out.buf.len();
        self.out.buf.push(0);
        self.out.buf.extend_from_slice(key.as_bytes());
        self.out.buf.push(0);
        if key.as_bytes().contains(&0) {
            self.out.buf.truncate(at);
            let reason = format!("the key {key:?} contains a NUL character");
            self.out.fail(reason.into(), None);
            self.out.buf.extend_from_slice(&[0, 0]);
        }
        Slot { out: self.out, at, array: false }
    }

    /// Copies fields that are BSON bytes already, without the length and the NUL of their document.
    pub(crate) fn raw_fields(&mut self, fields: &[u8]) {
        self.out.buf.extend_from_slice(fields);
    }

    /// The same for a key known at compile time, given as an element's first bytes: `b"\0name\0"`.
    #[inline]
    pub(crate) fn header(&mut self, header: &'static [u8]) -> Slot<'_> {
        let at = self.out.buf.len();
        self.out.buf.extend_from_slice(header);
        Slot { out: self.out, at, array: false }
    }
}

/// The elements of an array that is being written.
#[derive(Debug)]
pub struct ArrayWriter<'w> {
    out: &'w mut Writer,
    next: u32,
}

impl ArrayWriter<'_> {
    /// Writes the next element.
    #[inline]
    pub fn push<T: Encode + ?Sized>(&mut self, value: &T) {
        value.encode(self.slot());
    }

    /// A place for the next element. Skipping it writes null, so that the others keep their positions.
    #[inline]
    #[must_use = "a slot that is dropped leaves a broken array: call `skip` to write null"]
    pub fn slot(&mut self) -> Slot<'_> {
        let at = self.out.buf.len();
        push_index(&mut self.out.buf, self.next);
        self.next += 1;
        Slot { out: self.out, at, array: true }
    }
}

/// Appends an element's first bytes with a decimal key: a free type byte, the digits, NUL.
#[inline]
fn push_index(buf: &mut Vec<u8>, index: u32) {
    if index < 10 {
        buf.extend_from_slice(&[0, b'0' + index as u8, 0]);
        return;
    }
    let mut bytes = [0; 12];
    let (mut at, mut rest) = (11, index);
    while rest > 0 {
        at -= 1;
        bytes[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    buf.extend_from_slice(&bytes[at - 1..]);
}

/// A place for exactly one value: its key is written, its type and value are not.
#[derive(Debug)]
pub struct Slot<'w> {
    out: &'w mut Writer,
    /// Where the type byte belongs.
    at: usize,
    array: bool,
}

impl<'w> Slot<'w> {
    #[inline]
    fn set(self, kind: ElementType) -> &'w mut Writer {
        if let Some(byte) = self.out.buf.get_mut(self.at) {
            *byte = kind as u8;
        }
        self.out
    }

    #[inline]
    fn put(self, kind: ElementType, bytes: &[u8]) {
        self.set(kind).buf.extend_from_slice(bytes);
    }

    /// Writes no field at all; in an array, null.
    #[inline]
    pub fn skip(self) {
        if self.array {
            self.null();
        } else {
            self.out.buf.truncate(self.at);
        }
    }

    /// Writes null.
    #[inline]
    pub fn null(self) {
        self.put(ElementType::Null, &[]);
    }

    /// Writes a boolean.
    #[inline]
    pub fn bool(self, value: bool) {
        self.put(ElementType::Boolean, &[u8::from(value)]);
    }

    /// Writes an int32.
    #[inline]
    pub fn int32(self, value: i32) {
        self.put(ElementType::Int32, &value.to_le_bytes());
    }

    /// Writes an int64.
    #[inline]
    pub fn int64(self, value: i64) {
        self.put(ElementType::Int64, &value.to_le_bytes());
    }

    /// Writes a double.
    #[inline]
    pub fn double(self, value: f64) {
        self.put(ElementType::Double, &value.to_le_bytes());
    }

    /// Writes a decimal128, given in BSON's byte order.
    #[inline]
    pub fn decimal128(self, bytes: [u8; 16]) {
        self.put(ElementType::Decimal128, &bytes);
    }

    /// Writes a date, in milliseconds since 1970 in UTC.
    #[inline]
    pub fn date_time(self, millis: i64) {
        self.put(ElementType::DateTime, &millis.to_le_bytes());
    }

    /// Writes an ObjectId.
    #[inline]
    pub fn object_id(self, id: ObjectId) {
        self.put(ElementType::ObjectId, &id.bytes());
    }

    /// Writes a string.
    #[inline]
    pub fn string(self, text: &str) {
        self.text(ElementType::String, text);
    }

    /// Writes a string-like type: string, symbol or JavaScript code.
    #[inline]
    pub(crate) fn text(self, kind: ElementType, text: &str) {
        let buf = &mut self.set(kind).buf;
        buf.extend_from_slice(&(text.len() as u32 + 1).to_le_bytes());
        buf.extend_from_slice(text.as_bytes());
        buf.push(0);
    }

    /// Writes binary data; `subtype` is BSON's number, 0 for plain bytes, 4 for a UUID.
    #[inline]
    pub fn binary(self, subtype: u8, bytes: &[u8]) {
        let buf = &mut self.set(ElementType::Binary).buf;
        let len = bytes.len() as u32;
        if subtype == 2 {
            // The old subtype repeats its length inside.
            buf.extend_from_slice(&(len + 4).to_le_bytes());
            buf.push(subtype);
            buf.extend_from_slice(&len.to_le_bytes());
        } else {
            buf.extend_from_slice(&len.to_le_bytes());
            buf.push(subtype);
        }
        buf.extend_from_slice(bytes);
    }

    /// Writes a document.
    #[inline]
    pub fn document(self, fill: impl FnOnce(&mut DocumentWriter<'_>)) {
        self.set(ElementType::EmbeddedDocument).nested(fill);
    }

    /// Writes an array.
    #[inline]
    pub fn array(self, fill: impl FnOnce(&mut ArrayWriter<'_>)) {
        let out = self.set(ElementType::Array);
        out.nested(|document| fill(&mut ArrayWriter { out: document.out, next: 0 }));
    }

    /// Writes JavaScript code with its variables.
    pub(crate) fn code_with_scope(self, code: &str, scope: impl FnOnce(&mut DocumentWriter<'_>)) {
        let out = self.set(ElementType::JavaScriptCodeWithScope);
        let start = out.buf.len();
        out.buf.extend_from_slice(&[0; 4]);
        out.buf.extend_from_slice(&(code.len() as u32 + 1).to_le_bytes());
        out.buf.extend_from_slice(code.as_bytes());
        out.buf.push(0);
        out.nested(scope);
        out.close(start);
    }

    /// Writes a value that is BSON bytes already.
    #[inline]
    pub(crate) fn raw(self, kind: ElementType, bytes: &[u8]) {
        self.put(kind, bytes);
    }

    /// Gives up: the whole document is refused with `reason`, which follows "cannot be stored: ".
    #[cold]
    pub fn fail(self, reason: impl Into<Cow<'static, str>>) {
        self.fail_with(reason, None);
    }

    #[cold]
    pub(crate) fn fail_with(self, reason: impl Into<Cow<'static, str>>, source: Option<BoxError>) {
        self.out.fail(reason.into(), source);
        self.null();
    }
}
