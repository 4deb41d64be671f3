//! Bytes of which every one tells whether it stands in its place, as many as are wanted.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The byte at a place of every content.
fn byte(at: u64) -> u8 {
    (at.wrapping_mul(2_654_435_761) >> 13) as u8
}

/// Bytes that differ from place to place.
#[must_use]
pub fn content(length: usize) -> Vec<u8> {
    (0..length as u64).map(byte).collect()
}

/// The same bytes as a reader, which takes no memory, and as a writer that checks what it is given.
#[derive(Debug)]
pub struct Content {
    at: u64,
    length: u64,
}

impl Content {
    /// So many bytes.
    #[must_use]
    pub fn new(length: u64) -> Self {
        Self::at(0, length)
    }

    /// The bytes from a place on, up to a length.
    #[must_use]
    pub fn at(at: u64, length: u64) -> Self {
        Self { at, length }
    }

    /// How many bytes were read or written, with those that were passed over at the start.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.at
    }

    /// Goes on behind these bytes.
    ///
    /// # Panics
    ///
    /// When they are not those that belong there.
    pub fn check(&mut self, bytes: &[u8]) {
        assert!(self.at + bytes.len() as u64 <= self.length, "more than {} bytes", self.length);
        for (index, found) in (self.at..).zip(bytes) {
            assert!(byte(index) == *found, "the byte at {index} is another one");
        }
        self.at += bytes.len() as u64;
    }

    /// Whether all of it has passed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.at == self.length
    }
}

impl AsyncRead for Content {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let end = self.length.min(self.at + buffer.remaining() as u64);
        for (index, place) in (self.at..end).zip(buffer.initialize_unfilled()) {
            *place = byte(index);
        }
        buffer.advance((end - self.at) as usize);
        self.at = end;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Content {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
