//! Reading many documents: straight from the server's reply batches.

mod batch;
mod read;
mod source;

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::{Stream, future::poll_fn};

pub(crate) use self::source::Source;
pub use self::{
    batch::{Batch, Owned, Rows},
    read::{Lend, ReadRow, Whole},
};
use crate::error::Result;

/// The documents that an operation found, fetched batch by batch.
///
/// It is a [`Stream`] of `Result<O>`: documents are decoded one by one, straight from the bytes of the batch. A
/// document that does not fit the model is an error of its own, and the stream goes on with the next one.
/// [`next_batch`](Self::next_batch) lends a whole batch, for models that borrow.
///
/// Memory: one batch at a time (101 documents first, then up to 16 MiB, or [`batch_size`](crate::action::Find::batch_size)).
/// A cursor that is dropped early is closed on the server in the background.
#[must_use = "a cursor gives nothing until it is polled"]
pub struct Cursor<'s, O, R = Whole> {
    source: Source<'s>,
    batch: Batch<O, R>,
    read: R,
}

impl<'s, O: 'static, R: Clone> Cursor<'s, O, R> {
    pub(crate) fn new(source: Source<'s>, read: R) -> Self {
        Self { source, batch: Batch::empty(read.clone()), read }
    }

    /// The next document, or `None` at the end.
    ///
    /// # Errors
    ///
    /// When the server or the connection fails, or when the document does not fit the model.
    pub async fn try_next(&mut self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        loop {
            if let Some(document) = self.batch.next_owned()? {
                return Ok(Some(document));
            }
            match poll_fn(|context| self.source.poll_next(context)).await {
                None => return Ok(None),
                Some(batch) => self.batch = Batch::new(batch?, self.read.clone())?,
            }
        }
    }

    /// The next batch, or `None` at the end. Documents of the current one that were not read yet are passed over.
    ///
    /// Cancel safety: a dropped future loses no batch, except in a session.
    ///
    /// # Errors
    ///
    /// When the server or the connection fails.
    pub async fn next_batch(&mut self) -> Result<Option<Batch<O, R>>> {
        self.batch = Batch::empty(self.read.clone());
        let next = poll_fn(|context| self.source.poll_next(context)).await;
        next.transpose()?.map(|reply| Batch::new(reply, self.read.clone())).transpose()
    }

    /// All the rest.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next); the first error ends it.
    pub async fn collect(mut self) -> Result<Vec<O>>
    where
        R: ReadRow<O>,
    {
        let mut documents = Vec::new();
        while let Some(batch) = self.next_batch().await? {
            for document in batch.owned() {
                documents.push(document?);
            }
        }
        Ok(documents)
    }

    fn poll_document(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O>>>
    where
        R: ReadRow<O>,
    {
        loop {
            if let Some(document) = self.batch.next_owned().transpose() {
                return Poll::Ready(Some(document));
            }
            match ready!(self.source.poll_next(context)) {
                None => return Poll::Ready(None),
                Some(batch) => self.batch = Batch::new(batch?, self.read.clone())?,
            }
        }
    }
}

impl<O: 'static, R: ReadRow<O>> Stream for Cursor<'_, O, R> {
    type Item = Result<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_document(context)
    }
}

impl<O, R> Unpin for Cursor<'_, O, R> {}

impl<O, R> std::fmt::Debug for Cursor<'_, O, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}
