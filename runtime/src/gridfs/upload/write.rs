//! An upload as a writer of tokio.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::AsyncWrite;

use super::{State, Upload};
use crate::gridfs::Metadata;

impl<M> Unpin for Upload<'_, M> {}

impl<M: Metadata> AsyncWrite for Upload<'_, M> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if bytes.is_empty() {
            return Poll::Ready(Ok(0));
        }
        self.get_mut().poll_push(context, bytes).map_err(Into::into)
    }

    /// Waits until the full chunks that were sent are stored. A chunk that is not full stays here.
    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let upload = self.get_mut();
        match upload.state {
            State::Open => upload.poll_idle(context).map_err(Into::into),
            State::Closed => Poll::Ready(Ok(())),
            _ => Poll::Ready(Err(upload.ended().into())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().poll_finish(context).map_err(Into::into)
    }
}
