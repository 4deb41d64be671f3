//! Reading many documents: straight from the server's reply batches.

mod batch;
mod source;

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::{Stream, future::poll_fn};

pub use self::batch::{Batch, Rows};
pub(crate) use self::source::Source;
use crate::{codec::DecodeOwned, error::Result};

/// The documents that an operation found, fetched batch by batch.
///
/// It is a [`Stream`] of `Result<D>`: documents are decoded one by one, straight from the bytes of the batch. A
/// document that does not fit the model is an error of its own, and the stream goes on with the next one.
/// [`next_batch`](Self::next_batch) lends a whole batch, for models that borrow.
///
/// Memory: one batch at a time (101 documents first, then up to 16 MiB, or [`batch_size`](crate::action::Find::batch_size)).
/// A cursor that is dropped early is closed on the server in the background.
#[must_use = "a cursor gives nothing until it is polled"]
pub struct Cursor<'s, D> {
    source: Source<'s>,
    batch: Batch<D>,
    document: PhantomData<fn() -> D>,
}

impl<'s, D> Cursor<'s, D> {
    pub(crate) fn new(source: Source<'s>) -> Self {
        Self { source, batch: Batch::empty(), document: PhantomData }
    }

    /// The next document, or `None` at the end.
    ///
    /// # Errors
    ///
    /// When the server or the connection fails, or when the document does not fit the model.
    pub async fn try_next(&mut self) -> Result<Option<D>>
    where
        D: DecodeOwned,
    {
        loop {
            if let Some(document) = self.batch.next_owned()? {
                return Ok(Some(document));
            }
            match poll_fn(|context| self.source.poll_next(context)).await {
                None => return Ok(None),
                Some(batch) => self.batch = Batch::new(batch?)?,
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
    pub async fn next_batch(&mut self) -> Result<Option<Batch<D>>> {
        self.batch = Batch::empty();
        let next = poll_fn(|context| self.source.poll_next(context)).await;
        next.transpose()?.map(Batch::new).transpose()
    }

    /// All the rest.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next); the first error ends it.
    pub async fn collect(mut self) -> Result<Vec<D>>
    where
        D: DecodeOwned,
    {
        let mut documents = Vec::new();
        while let Some(document) = self.batch.next_owned()? {
            documents.push(document);
        }
        while let Some(batch) = self.next_batch().await? {
            for document in batch.owned() {
                documents.push(document?);
            }
        }
        Ok(documents)
    }

    fn poll_document(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<D>>>
    where
        D: DecodeOwned,
    {
        loop {
            if let Some(document) = self.batch.next_owned().transpose() {
                return Poll::Ready(Some(document));
            }
            match ready!(self.source.poll_next(context)) {
                None => return Poll::Ready(None),
                Some(batch) => self.batch = Batch::new(batch?)?,
            }
        }
    }
}

impl<D: DecodeOwned> Stream for Cursor<'_, D> {
    type Item = Result<D>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_document(context)
    }
}

impl<D> Unpin for Cursor<'_, D> {}

impl<D> std::fmt::Debug for Cursor<'_, D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}
