//! The bytes that a writer fills.

use std::mem;

/// Bytes that grow, in a vector whose length runs ahead of what is written.
///
/// An element of several parts then takes one comparison with the room that is left, where pushing part after part would
/// take one for each.
#[derive(Debug)]
pub(super) struct Buffer {
    /// What is written, then bytes of no meaning.
    bytes: Vec<u8>,
    len: usize,
}

/// How much room a document gets at first: most need less.
const SIZE: usize = 512;

/// What room is filled with, until it is written.
const FILL: u8 = 0xFF;

impl Default for Buffer {
    #[inline]
    fn default() -> Self {
        let mut bytes = Vec::with_capacity(SIZE);
        // Not zero: the optimiser would ask for zeroed memory, which allocators are slower to give.
        bytes.resize(SIZE, FILL);
        Self { bytes, len: 0 }
    }
}

impl Buffer {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { len: bytes.len(), bytes }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.len);
        self.bytes
    }

    pub(super) fn written(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(super) fn truncate(&mut self, len: usize) {
        self.len = len.min(self.len);
    }

    /// The next `size` bytes, to be written by the caller; always there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn room(&mut self, size: usize) -> Option<&mut [u8]> {
        let start = self.len;
        if size > self.bytes.len() - start {
            // By value: the address of the buffer, once given away, could not be kept in registers.
            self.bytes = grow(mem::take(&mut self.bytes), start + size);
        }
        self.len = start + size;
        self.bytes.get_mut(start..)?.get_mut(..size)
    }

    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if let Some(place) = self.room(bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    /// Writes over bytes that are there already.
    #[inline]
    pub(super) fn set<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        if let Some(place) = self.bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *place = bytes;
        }
    }
}

/// Makes more room: within the capacity as long as that lasts, then in steps that grow with the length.
#[cold]
#[inline(never)]
fn grow(mut bytes: Vec<u8>, needed: usize) -> Vec<u8> {
    let step = if bytes.len() < 1 << 16 { 4 } else { 2 };
    let mut len = needed.max(bytes.len() * step).max(SIZE);
    if needed <= bytes.capacity() {
        len = len.min(bytes.capacity());
    }
    bytes.resize(len, FILL);
    bytes
}
