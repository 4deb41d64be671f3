//! Reading many documents: straight from the server's reply batches.

mod batch;
mod life;
mod opening;
mod query;
mod read;
mod source;
mod steps;

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{FutureExt, Stream, future::poll_fn};
use mongodb::raw_batch_cursor::RawBatch;
use tokio::time::Sleep;

pub use self::{
    batch::{Batch, Owned, Rows},
    read::{Lend, Numbered, ReadRow, Whole},
};
pub(crate) use self::{
    life::id_of,
    opening::Opening,
    query::Query,
    source::{Opened, Source, source_of},
};
use crate::{
    client::{Clock, TimeLimits},
    error::Result,
};

/// How long a tailable cursor that the server answers at once waits before it asks again.
const PAUSE: Duration = Duration::from_millis(100);

/// The documents that an operation found, fetched batch by batch.
///
/// It is a [`Stream`] of `Result<O>`: documents are decoded one by one, straight from the bytes of the batch. A
/// document that does not fit the model is an error of its own, and the stream goes on with the next one.
/// [`next_batch`](Self::next_batch) lends a whole batch, for models that borrow.
///
/// Memory: one batch at a time (101 documents first, then up to 16 MiB, or [`batch_size`](crate::action::Find::batch_size)).
/// A cursor that is dropped early is closed on the server in the background.
///
/// An error of the server or of the connection ends it: what follows is `None`, as documents could be missing otherwise.
/// The server closes a cursor that is idle for 30 minutes, with its session.
///
/// A tailable cursor ([`cursor_type`](crate::action::Find::cursor_type)) stays open at the end of a capped collection:
/// [`try_next`](Self::try_next) and the stream then wait for more, [`next_if_any`](Self::next_if_any) does not. On a
/// collection that is empty when it is opened, it is at its end at once.
#[must_use = "a cursor gives nothing until it is polled"]
pub struct Cursor<'s, O, R = Whole> {
    source: Source<'s>,
    /// A reply that has arrived and was not looked at.
    first: Option<RawBatch>,
    batch: Batch<O, R>,
    /// Limits on the time of each fetch.
    clock: Option<Box<Clock>>,
    read: R,
    /// The id on the server, 0 when it is not open there.
    id: i64,
    query: Option<Box<Query>>,
    /// Until when a tailable cursor does not ask.
    pause: Option<Pin<Box<Sleep>>>,
}

impl<'s, O: 'static, R: Clone> Cursor<'s, O, R> {
    pub(crate) fn new(source: Source<'s>, read: R) -> Self {
        let batch = Batch::empty(read.clone());
        Self { source, first: None, batch, clock: None, read, id: 0, query: None, pause: None }
    }

    pub(crate) fn limited(mut self, limits: TimeLimits) -> Self {
        self.clock = (!limits.is_none()).then(|| Box::new(Clock::new(limits)));
        self
    }

    /// The next document, or `None` at the end.
    ///
    /// Cancel safety: a dropped future loses no document.
    ///
    /// # Errors
    ///
    /// When the server or the connection fails, or when the document does not fit the model.
    pub async fn try_next(&mut self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        poll_fn(|context| self.poll_document(context)).await.transpose()
    }

    /// The next batch, or `None` at the end. Documents of the current one that were not read yet are passed over.
    ///
    /// That of a tailable cursor may be empty. Cancel safety: a dropped future loses no batch.
    ///
    /// # Errors
    ///
    /// When the server or the connection fails.
    pub async fn next_batch(&mut self) -> Result<Option<Batch<O, R>>> {
        self.batch = Batch::empty(self.read.clone());
        let next = poll_fn(|context| self.poll_reply(context)).await;
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

    fn poll_document(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O>>>
    where
        R: ReadRow<O>,
    {
        loop {
            if let Some(document) = self.batch.next_owned().transpose() {
                return Poll::Ready(Some(document));
            }
            if let Some(pause) = &mut self.pause {
                ready!(pause.poll_unpin(context));
                self.pause = None;
            }
            // Its memory is given back before the next one arrives.
            self.batch = Batch::empty(self.read.clone());
            match ready!(self.poll_reply(context)) {
                None => return Poll::Ready(None),
                Some(batch) => self.batch = Batch::new(batch?, self.read.clone())?,
            }
            if self.batch.is_read() && self.query.as_ref().is_some_and(|query| query.needs_pauses()) {
                self.pause = Some(Box::pin(tokio::time::sleep(PAUSE)));
            }
        }
    }

    /// The next reply of the server, within the limits.
    fn poll_source(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawBatch>>> {
        let Self { source, clock, .. } = self;
        let Some(clock) = clock else { return source.poll_next(context) };
        let polled = clock.poll(context, |context| source.poll_next(context));
        if polled.is_ready() {
            clock.reset();
        }
        Poll::Ready(match ready!(polled) {
            Ok(next) => next,
            Err(late) => Some(Err(late)),
        })
    }

    fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawBatch>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        let reply = ready!(self.poll_source(context));
        match &reply {
            Some(Ok(reply)) => self.id = id_of(reply),
            Some(Err(_)) => {
                self.end();
                self.source.close();
            }
            None => self.id = 0,
        }
        Poll::Ready(reply)
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
        f.debug_struct("Cursor").field("id", &self.id).finish_non_exhaustive()
    }
}
