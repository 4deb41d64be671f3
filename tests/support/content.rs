//! Bytes of which every one tells whether it stands in its place, as many as are wanted.

use std::{
    io,
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The bytes come again after so many: a prime number, so that no two chunks of a file are the same.
const PERIOD: usize = 65_521;

/// Copied and compared as slices, which is fast in debug builds too.
static BYTES: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..PERIOD as u64).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect());

/// Bytes that differ from place to place.
#[must_use]
pub fn content(length: usize) -> Vec<u8> {
    BYTES.iter().copied().cycle().take(length).collect()
}

/// Those from a place on, at most so many.
fn bytes(at: u64, most: usize) -> &'static [u8] {
    let rest = &BYTES[(at % PERIOD as u64) as usize..];
    &rest[..rest.len().min(most)]
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
    pub fn check(&mut self, found: &[u8]) {
        assert!(self.at + found.len() as u64 <= self.length, "more than {} bytes", self.length);
        let mut rest = found;
        while !rest.is_empty() {
            let expected = bytes(self.at, rest.len());
            let (some, more) = rest.split_at(expected.len());
            assert!(some == expected, "other bytes from {} on", self.at);
            self.at += some.len() as u64;
            rest = more;
        }
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
        let most = buffer.remaining().min(usize::try_from(self.length - self.at).unwrap_or(usize::MAX));
        let some = bytes(self.at, most);
        buffer.put_slice(some);
        self.at += some.len() as u64;
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
