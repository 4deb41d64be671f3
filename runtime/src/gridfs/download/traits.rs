//! A download as a reader of tokio, and as a stream.

use std::{
    io::{self, SeekFrom},
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::Stream;
use tokio::io::{AsyncBufRead, AsyncRead, AsyncSeek, ReadBuf};

use super::Download;
use crate::{error::Result, gridfs::Metadata};

impl<M> Unpin for Download<'_, M> {}

impl<M: Metadata> AsyncBufRead for Download<'_, M> {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let download = self.get_mut();
        ready!(download.poll_data(context))?;
        Poll::Ready(Ok(download.data()))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        self.get_mut().consume(count);
    }
}

impl<M: Metadata> AsyncRead for Download<'_, M> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let download = self.get_mut();
        ready!(download.poll_data(context))?;
        let data = download.data();
        let count = data.len().min(buffer.remaining());
        buffer.put_slice(&data[..count]);
        download.consume(count);
        Poll::Ready(Ok(()))
    }
}

impl<M: Metadata> AsyncSeek for Download<'_, M> {
    fn start_seek(self: Pin<&mut Self>, to: SeekFrom) -> io::Result<()> {
        let download = self.get_mut();
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(offset) => download.position.checked_add_signed(offset),
            SeekFrom::End(offset) => download.file.length.checked_add_signed(offset),
        };
        download.set_position(position.ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "there is nothing before the start of a file")
        })?);
        Ok(())
    }

    fn poll_complete(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Poll::Ready(Ok(self.position))
    }
}

/// The rest of the file, chunk by chunk.
impl<M: Metadata> Stream for Download<'_, M> {
    type Item = Result<Vec<u8>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let download = self.get_mut();
        ready!(download.poll_data(context))?;
        let chunk = download.data().to_vec();
        download.consume(chunk.len());
        Poll::Ready(Some(chunk).filter(|chunk| !chunk.is_empty()).map(Ok))
    }
}
