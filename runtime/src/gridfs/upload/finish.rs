//! The steps of an upload: sending, closing, giving up.

use std::{
    future::poll_fn,
    task::{Context, Poll, ready},
};

use mongodb::bson::{Bson, DateTime, Document};

use super::{Send, State, Upload, send, send::What};
use crate::{
    Error, ErrorKind,
    error::Result,
    gridfs::{Metadata, file::SHA256},
};

impl<M: Metadata> Upload<'_, M> {
    /// Writes all the bytes.
    ///
    /// # Errors
    ///
    /// When sending fails: the upload has failed then, and its chunks are removed.
    /// [Argument](Error::is_argument) when it has ended before.
    pub async fn write_all(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let written = poll_fn(|context| self.poll_push(context, bytes)).await?;
            bytes = &bytes[written..];
        }
        Ok(())
    }

    /// Writes one piece of bytes after the other.
    ///
    /// # Errors
    ///
    /// As [`write_all`](Self::write_all).
    pub async fn write_many<B: AsRef<[u8]>>(&mut self, pieces: impl IntoIterator<Item = B>) -> Result<()> {
        for piece in pieces {
            self.write_all(piece.as_ref()).await?;
        }
        Ok(())
    }

    /// Ends the file: sends what is left, and then its document, with which it is there. A second call does nothing.
    ///
    /// Cancel safety: when the future is dropped, call it again.
    ///
    /// # Errors
    ///
    /// When a chunk or the document cannot be stored: the upload has failed then, and its chunks are removed. When the
    /// connection fails while the document is written, it is not known whether the file is there; nothing is
    /// removed, and [`Bucket::remove_orphans`](crate::gridfs::Bucket::remove_orphans) removes the chunks if it is not.
    /// [Duplicate key](Error::is_duplicate_key) when there is a file with an `_id` that was given.
    pub async fn close(&mut self) -> Result<()> {
        poll_fn(|context| self.poll_finish(context)).await
    }

    /// Gives the upload up and removes its chunks. A second call does nothing.
    ///
    /// After a failure it removes the chunks once more, and tells whether that succeeded.
    ///
    /// # Errors
    ///
    /// [Argument](Error::is_argument) when the upload was closed, or when it is not known whether it was. When the removal
    /// fails, it can be called again; or leave it to [`Bucket::remove_orphans`](crate::gridfs::Bucket::remove_orphans).
    pub async fn abort(&mut self) -> Result<()> {
        match self.state {
            State::Open | State::Sending | State::Failed => {}
            State::Aborted => return Ok(()),
            State::Closed => {
                return Err(Error::argument("this upload is closed: delete the file instead"));
            }
            State::Filing | State::Unknown => return Err(self.ended()),
        }
        // Whatever became of them: what matters is that none arrives later.
        if let Some(cleaning) = &mut self.cleaning {
            let _ = cleaning.await;
            self.cleaning = None;
        }
        while poll_fn(|context| self.lane.poll_next(context)).await.is_some() {}
        self.target.clean(self.lane.session()).await?;
        self.state = State::Aborted;
        Ok(())
    }

    /// Takes some of the bytes, when there is room for them.
    pub(super) fn poll_push(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        if self.state != State::Open {
            return Poll::Ready(Err(self.ended()));
        }
        ready!(self.poll_room(context))?;
        let pushed = self.chunker.push(bytes);
        Poll::Ready(pushed.map_err(|error| self.fail(error)))
    }

    /// Makes room for more bytes: sends the batch when it is full.
    pub(super) fn poll_room(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        match self.chunker.is_full() {
            true => self.poll_send(context),
            false => Poll::Ready(Ok(())),
        }
    }

    /// Starts sending the batch as soon as not too many are under way.
    fn poll_send(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        while !self.lane.has_room() {
            if let Some(Err(error)) = ready!(self.lane.poll_next(context)) {
                return Poll::Ready(Err(self.fail(error)));
            }
        }
        let batch = self.chunker.take_batch();
        self.lane.start(Send { target: self.target.clone(), what: What::Chunks(batch) });
        Poll::Ready(Ok(()))
    }

    /// Waits for what is under way.
    pub(super) fn poll_idle(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        while let Some(result) = ready!(self.lane.poll_next(context)) {
            if let Err(error) = result {
                return Poll::Ready(Err(self.fail(error)));
            }
        }
        Poll::Ready(Ok(()))
    }

    pub(super) fn poll_finish(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        loop {
            match self.state {
                State::Open => {
                    let finished = self.chunker.finish();
                    finished.map_err(|error| self.fail(error))?;
                    self.state = State::Sending;
                }
                State::Sending if self.chunker.has_batch() => ready!(self.poll_send(context))?,
                State::Sending => {
                    ready!(self.poll_idle(context))?;
                    let what = What::File(self.document());
                    self.lane.start(Send { target: self.target.clone(), what });
                    self.state = State::Filing;
                }
                State::Filing => {
                    ready!(self.poll_idle(context))?;
                    self.state = State::Closed;
                }
                State::Closed => return Poll::Ready(Ok(())),
                State::Aborted | State::Failed | State::Unknown => return Poll::Ready(Err(self.ended())),
            }
        }
    }

    /// The upload has failed; gives the error on.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        let is_refused = match error.kind() {
            ErrorKind::DuplicateKey
            | ErrorKind::Validation
            | ErrorKind::Command
            | ErrorKind::Encode
            | ErrorKind::Argument => true,
            ErrorKind::Write => !error.write_failures().is_empty(),
            _ => false,
        };
        if self.state == State::Filing && !is_refused {
            self.state = State::Unknown;
        } else {
            self.state = State::Failed;
            self.cleaning = Some(send::clean_in_background(&self.target, self.lane.take_tasks()));
        }
        error
    }

    fn document(&mut self) -> Document {
        let mut document = Document::new();
        document.insert("_id", self.target.id.clone());
        document.insert("length", Bson::Int64(self.chunker.length() as i64));
        document.insert("chunkSize", Bson::Int32(self.chunker.chunk_size() as i32));
        let now = *self.upload_date.insert(DateTime::now());
        document.insert("uploadDate", now);
        self.sha256 = self.chunker.sha256();
        if let Some(sha256) = &self.sha256 {
            match self.fields.get_document_mut("metadata") {
                Ok(metadata) => drop(metadata.insert(SHA256, sha256)),
                Err(_) => drop(self.fields.insert("metadata", mongodb::bson::doc! { SHA256: sha256 })),
            }
        }
        document.extend(self.fields.clone());
        document
    }
}
