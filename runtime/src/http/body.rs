//! The body of a response, read from the file while it is sent.

use std::{
    collections::VecDeque,
    future::poll_fn,
    io,
    ops::Range,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::io::AsyncBufRead;

use super::log;
use crate::{
    Error,
    error::Result,
    gridfs::{Download, Metadata},
};

/// How many bytes are handed on at once. A slow client holds one or two such pieces, beside what is read ahead.
const PIECE: usize = 64 * 1024;

/// The body of an answer: of known length, read from the server as the client takes it.
///
/// When the file turns out to be damaged, or the server is lost, on the way, the body ends with an error, which makes the
/// HTTP server close the connection: the client sees a transfer that broke off. Dropped, it stops reading; no cursor is left
/// open.
pub struct FileBody {
    /// What is still to come.
    length: u64,
    text: Bytes,
    content: Option<Content>,
}

struct Content {
    source: Box<dyn Source>,
    parts: VecDeque<Part>,
}

/// Some bytes of the file, and what is sent before them.
pub(super) struct Part {
    pub(super) head: Bytes,
    pub(super) range: Range<u64>,
}

/// A download, whatever its metadata.
trait Source: Send {
    /// Waits for the first bytes of a range; nothing behind it is read ahead.
    fn poll_range(&mut self, range: &Range<u64>, context: &mut Context<'_>) -> Poll<Result<&[u8]>>;
}

impl<M: Metadata> Source for Download<'static, M> {
    fn poll_range(&mut self, range: &Range<u64>, context: &mut Context<'_>) -> Poll<Result<&[u8]>> {
        self.set_position(range.start);
        self.stop_at(range.end);
        Pin::new(self).poll_fill_buf(context).map_err(|error| Error::io("reading the file", error))
    }
}

impl FileBody {
    pub(super) fn text(text: impl Into<Bytes>) -> Self {
        let text = text.into();
        Self { length: text.len() as u64, text, content: None }
    }

    pub(super) fn empty() -> Self {
        Self::text(Bytes::new())
    }

    /// Parts of a file, one after the other, and a text at the end.
    pub(super) fn parts<M: Metadata>(source: Download<'static, M>, parts: Vec<Part>, end: Bytes) -> Self {
        let length = parts.iter().map(|part| part.head.len() as u64 + part.range.end - part.range.start);
        let length = length.sum::<u64>() + end.len() as u64;
        Self { length, text: end, content: Some(Content { source: Box::new(source), parts: parts.into() }) }
    }

    /// How many bytes are still to come.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Reads the first bytes, so that what is wrong with them is known before the response has begun.
    pub(super) async fn begin(&mut self) -> Result<()> {
        let Some(Content { source, parts }) = &mut self.content else { return Ok(()) };
        let Some(part) = parts.front() else { return Ok(()) };
        poll_fn(|context| source.poll_range(&part.range, context).map_ok(drop)).await
    }

    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Result<Bytes>> {
        while let Some(Content { source, parts }) = &mut self.content {
            let Some(part) = parts.front_mut() else {
                self.content = None;
                break;
            };
            if !part.head.is_empty() {
                return Poll::Ready(Ok(std::mem::take(&mut part.head)));
            }
            if part.range.is_empty() {
                parts.pop_front();
                continue;
            }
            let data = ready!(source.poll_range(&part.range, context))?;
            let rest = usize::try_from(part.range.end - part.range.start).unwrap_or(usize::MAX);
            let piece = Bytes::copy_from_slice(&data[..data.len().min(rest).min(PIECE)]);
            if piece.is_empty() {
                let error = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Poll::Ready(Err(Error::io("reading the file", error)));
            }
            part.range.start += piece.len() as u64;
            return Poll::Ready(Ok(piece));
        }
        Poll::Ready(Ok(std::mem::take(&mut self.text)))
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let body = self.get_mut();
        if body.length == 0 {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match ready!(body.poll_bytes(context)) {
            Ok(bytes) => {
                body.length -= bytes.len() as u64;
                Ok(Frame::data(bytes))
            }
            Err(error) => {
                log("an answer over HTTP broke off", &error);
                *body = Self::empty();
                Err(error)
            }
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.length == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

impl std::fmt::Debug for FileBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileBody").field("length", &self.length).finish_non_exhaustive()
    }
}
