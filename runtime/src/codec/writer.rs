//! Writing BSON bytes: one pass, straight into one buffer.
//!
//! Nothing here returns a `Result`: the first error is kept and comes out of [`Writer::finish`]. Generated code is then
//! a straight line of calls, and a write that cannot fail pays nothing for those that can.

mod buffer;
mod slot;

use std::borrow::Cow;

use mongodb::bson::spec::ElementType;

use self::buffer::Buffer;
pub use self::slot::Slot;
use super::{Encode, EncodeDocument, MAX_DEPTH};
use crate::error::{BoxError, EncodeError};

/// A buffer of BSON bytes, and the first error met while filling it.
#[derive(Debug)]
pub struct Writer {
    out: DocumentWriter,
}

impl Writer {
    /// A writer that appends to `buf`; its capacity is used, its content is kept.
    #[must_use]
    pub fn new(buf: Vec<u8>) -> Self {
        Self { out: DocumentWriter::new(Buffer::new(buf)) }
    }

    /// Writes one whole document.
    #[inline]
    pub fn document<T: EncodeDocument + ?Sized>(&mut self, value: &T) {
        self.out.base = self.out.buf.len();
        self.out.buf.push(&[0; 4]);
        self.out.nested(|document| value.encode_fields(document));
    }

    /// How many bytes are written.
    pub(crate) fn len(&self) -> usize {
        self.out.buf.len()
    }

    /// The bytes, or the first error.
    ///
    /// # Errors
    ///
    /// When a value could not be written: see [`EncodeError`].
    #[inline]
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.out.error {
            None => Ok(self.out.buf.into_bytes()),
            Some(error) => Err(error),
        }
    }
}

/// The fields of a document that is being written.
// The state of the whole writer, so that a chain of writes to one reference can keep it in registers.
#[derive(Debug)]
pub struct DocumentWriter {
    buf: Buffer,
    /// Where the outermost document begins.
    base: usize,
    depth: usize,
    error: Option<EncodeError>,
}

impl Default for Writer {
    /// A writer into a buffer of its own.
    #[inline]
    fn default() -> Self {
        Self { out: DocumentWriter::new(Buffer::default()) }
    }
}

impl DocumentWriter {
    #[inline]
    fn new(buf: Buffer) -> Self {
        Self { base: buf.len(), buf, depth: 0, error: None }
    }

    /// Writes a field.
    ///
    /// A key that contains NUL is an error, as BSON cannot hold it.
    #[inline]
    pub fn field<T: Encode + ?Sized>(&mut self, key: &str, value: &T) {
        value.encode(self.slot(key));
    }

    /// A place for one value under `key`; to be filled by one of its methods.
    #[must_use = "a slot that is dropped leaves a broken document: call `skip` to write nothing"]
    pub fn slot(&mut self, key: &str) -> Slot<'_> {
        let at = self.buf.len();
        if key.as_bytes().contains(&0) {
            self.fail(format!("the key {key:?} contains a NUL character").into(), None);
            self.buf.push(&[0, 0]);
        } else {
            self.buf.push(&[0]);
            self.buf.push(key.as_bytes());
            self.buf.push(&[0]);
        }
        Slot::written(self, at, false)
    }

    /// The same for a key known at compile time, given as an element's first bytes: `b"\0name\0"`.
    #[inline]
    pub(crate) fn header(&mut self, header: &'static [u8]) -> Slot<'_> {
        Slot::pending(self, header, false)
    }

    /// Copies fields that are BSON bytes already, without the length and the NUL of their document.
    pub(crate) fn raw_fields(&mut self, fields: &[u8]) {
        self.buf.push(fields);
    }

    /// Writes the type and the key of an element and gives the place of its value.
    ///
    /// The key is either all of `header`, or it is written already, and its type byte stands at `at`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn element(&mut self, header: &[u8], at: usize, kind: ElementType, size: usize) -> Option<&mut [u8]> {
        if header.is_empty() {
            self.buf.set(at, [kind as u8]);
        }
        let place = self.buf.room(header.len() + size)?;
        let (key, value) = place.split_at_mut_checked(header.len())?;
        key.copy_from_slice(header);
        if let Some(byte) = key.first_mut() {
            *byte = kind as u8;
        }
        Some(value)
    }

    /// Fills a document whose length was just written as zero.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn nested(&mut self, fill: impl FnOnce(&mut Self)) {
        let start = self.buf.len() - 4;
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            fill(self);
            self.depth -= 1;
        } else {
            let reason = format!("documents and arrays are nested deeper than {MAX_DEPTH} levels");
            self.fail(reason.into(), None);
        }
        self.buf.push(&[0]);
        self.close(start);
    }

    /// Fills in the length of what began at `start`.
    #[inline]
    fn close(&mut self, start: usize) {
        match i32::try_from(self.buf.len() - start) {
            Ok(len) => self.buf.set(start, len.to_le_bytes()),
            Err(_) => self.fail("the document is larger than the 2 GiB that BSON can count".into(), None),
        }
    }

    #[cold]
    fn fail(&mut self, reason: Cow<'static, str>, source: Option<BoxError>) {
        if self.error.is_none() {
            let document = self.buf.written().get(self.base..).unwrap_or_default();
            self.error = Some(EncodeError::new(super::open_path(document), reason, source));
        }
    }
}

/// The elements of an array that is being written.
#[derive(Debug)]
pub struct ArrayWriter<'w> {
    out: &'w mut DocumentWriter,
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
        let index = self.next;
        self.next += 1;
        match FIRST.get(index as usize) {
            Some(header) => Slot::pending(self.out, header, true),
            None => {
                let at = self.out.buf.len();
                push_index(&mut self.out.buf, index);
                Slot::written(self.out, at, true)
            }
        }
    }
}

/// The first bytes of an array's first elements.
static FIRST: [[u8; 3]; 10] = {
    let mut headers = [[0; 3]; 10];
    let mut index = 0;
    while index < headers.len() {
        headers[index][1] = b'0' + index as u8;
        index += 1;
    }
    headers
};

/// Writes an element's first bytes with a decimal key: a free type byte, the digits, NUL.
fn push_index(buf: &mut Buffer, index: u32) {
    let mut bytes = [0; 12];
    let (mut at, mut rest) = (11, index);
    while rest > 0 {
        at -= 1;
        bytes[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    buf.push(&bytes[at - 1..]);
}
