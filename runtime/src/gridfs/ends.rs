//! Where the bytes of a file come from, and where they go to.

use tokio::io::{AsyncRead, AsyncWrite};

/// What an upload reads: every [`AsyncRead`], such as a `tokio::fs::File` or bytes as `&bytes[..]`.
#[diagnostic::on_unimplemented(
    message = "a file cannot be uploaded from a value of type `{Self}`",
    label = "not a reader",
    note = "a reader is a `tokio::io::AsyncRead`, such as a `tokio::fs::File`; bytes are one as `&bytes[..]`, a text as `text.as_bytes()`"
)]
pub trait Source: AsyncRead + Unpin + Send {}

#[diagnostic::do_not_recommend]
impl<R: AsyncRead + Unpin + Send> Source for R {}

/// What a download writes to: every [`AsyncWrite`], such as a `tokio::fs::File` or a `Vec<u8>` as `&mut bytes`.
#[diagnostic::on_unimplemented(
    message = "a file cannot be downloaded into a value of type `{Self}`",
    label = "not a writer",
    note = "a writer is a `tokio::io::AsyncWrite`, such as a `tokio::fs::File`, or a `Vec<u8>` as `&mut bytes`"
)]
pub trait Sink: AsyncWrite + Unpin + Send {}

#[diagnostic::do_not_recommend]
impl<W: AsyncWrite + Unpin + Send> Sink for W {}
