//! The place of one value.

use std::borrow::Cow;

use mongodb::bson::{oid::ObjectId, spec::ElementType};

use super::{ArrayWriter, DocumentWriter};
use crate::error::BoxError;

/// A place for exactly one value, whose key is decided, and whose type and bytes are not.
#[derive(Debug)]
pub struct Slot<'w> {
    out: &'w mut DocumentWriter,
    /// The key, as the element's first bytes, to be written together with the value; empty when it is written already.
    header: &'static [u8],
    /// Where the type byte belongs.
    at: usize,
    array: bool,
}

impl<'w> Slot<'w> {
    #[inline]
    pub(super) fn pending(out: &'w mut DocumentWriter, header: &'static [u8], array: bool) -> Self {
        let at = out.buf.len();
        Self { out, header, at, array }
    }

    #[inline]
    pub(super) fn written(out: &'w mut DocumentWriter, at: usize, array: bool) -> Self {
        Self { out, header: &[], at, array }
    }

    /// Writes type and key and gives the place of a value of `size` bytes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn place(self, kind: ElementType, size: usize) -> Option<&'w mut [u8]> {
        self.out.element(self.header, self.at, kind, size)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put(self, kind: ElementType, bytes: &[u8]) {
        if let Some(place) = self.place(kind, bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    /// Writes type and key and a length of zero, to be filled in later.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn open(self, kind: ElementType) -> &'w mut DocumentWriter {
        if let Some(place) = self.out.element(self.header, self.at, kind, 4) {
            place.fill(0);
        }
        self.out
    }

    /// Writes no field at all; in an array, null.
    #[inline]
    pub fn skip(self) {
        match self.array {
            true => self.null(),
            false => self.out.buf.truncate(self.at),
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
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn string(self, text: &str) {
        self.text(ElementType::String, text);
    }

    /// Writes a string-like type: string, symbol or JavaScript code.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn text(self, kind: ElementType, text: &str) {
        let len = text.len() + 1;
        if let Some(place) = self.place(kind, 4 + len)
            && let Some((prefix, rest)) = place.split_first_chunk_mut()
            && let Some((end, place)) = rest.split_last_mut()
        {
            *prefix = (len as u32).to_le_bytes();
            place.copy_from_slice(text.as_bytes());
            *end = 0;
        }
    }

    /// Writes binary data; `subtype` is BSON's number, 0 for plain bytes, 4 for a UUID.
    #[inline]
    pub fn binary(self, subtype: u8, bytes: &[u8]) {
        let len = bytes.len() as u32;
        // The old subtype repeats its length inside.
        let (len, again) = if subtype == 2 { (len + 4, Some(len)) } else { (len, None) };
        let again = again.map(u32::to_le_bytes);
        let again = again.as_ref().map_or(&[][..], |again| again);
        if let Some(place) = self.place(ElementType::Binary, 5 + again.len() + bytes.len())
            && let Some((prefix, rest)) = place.split_first_chunk_mut()
            && let Some((kind, rest)) = rest.split_first_mut()
            && let Some((inner, rest)) = rest.split_at_mut_checked(again.len())
        {
            *prefix = len.to_le_bytes();
            *kind = subtype;
            inner.copy_from_slice(again);
            rest.copy_from_slice(bytes);
        }
    }

    /// Writes a document.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn document(self, fill: impl FnOnce(&mut DocumentWriter)) {
        self.open(ElementType::EmbeddedDocument).nested(fill);
    }

    /// Writes an array.
    #[inline]
    pub fn array(self, fill: impl FnOnce(&mut ArrayWriter<'_>)) {
        self.open(ElementType::Array).nested(|out| fill(&mut ArrayWriter { out, next: 0 }));
    }

    /// Writes JavaScript code with its variables.
    pub(crate) fn code_with_scope(self, code: &str, scope: impl FnOnce(&mut DocumentWriter)) {
        let out = self.open(ElementType::JavaScriptCodeWithScope);
        let start = out.buf.len() - 4;
        out.buf.push(&(code.len() as u32 + 1).to_le_bytes());
        out.buf.push(code.as_bytes());
        // The end of the code, and the length of the scope.
        out.buf.push(&[0; 5]);
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
        let Self { out, header, at, array } = self;
        // The path of the error is read from what is written.
        out.buf.push(header);
        out.fail(reason.into(), source);
        Self::written(out, at, array).null();
    }
}
