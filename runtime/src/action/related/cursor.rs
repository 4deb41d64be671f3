//! Documents with their relations, batch by batch.

use std::{
    fmt,
    pin::Pin,
    task::{Context as TaskContext, Poll},
};

use futures_util::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};
use mongodb::bson::{Document, RawDocumentBuf};

use super::run::of_batches;
use crate::{
    Collection, Cursor,
    cursor::ReadRow,
    error::Result,
    model::Record,
    relation::{Beside, Context, Node, Reads},
};

/// Documents with what their relations lead to, loaded for one batch of the server's replies at a time.
///
/// It is a [`Stream`] of `Result`s. A document that does not fit its model is an error of its own, and the stream goes on;
/// any other error ends it. Cancel safety: when a future of [`try_next`](Self::try_next) is dropped, the loading goes on with
/// the next one, and no document is lost.
#[must_use = "a cursor gives nothing until it is polled"]
pub struct RelatedCursor<'a, T> {
    documents: BoxStream<'a, Result<T>>,
}

type Opened<'a> = (Cursor<'a, Document>, Node, mongodb::Collection<RawDocumentBuf>, Reads);

impl<'a, T: Send + 'static> RelatedCursor<'a, T> {
    pub(super) fn new<D, O, R, L>(
        collection: Collection<D>,
        opened: Opened<'a>,
        read: R,
        by_lookup: bool,
    ) -> Self
    where
        D: Record,
        O: Send + 'static,
        R: ReadRow<O>,
        L: Beside<D, O, Output = T>,
    {
        let batches = stream::unfold(Some((opened, collection)), move |state| {
            let read = read.clone();
            async move {
                let (mut opened, collection) = state?;
                let next = {
                    let fetch = Box::pin(next_batch(&mut opened, by_lookup));
                    collection.scoped("Find", fetch).await
                };
                let rows: Vec<Result<T>> = match next {
                    Ok(None) => return None,
                    Ok(Some(rows)) => rows.iter().map(|row| Ok(L::read_row(&read, row)?)).collect(),
                    Err(error) => return Some((vec![Err(error)], None)),
                };
                Some((rows, Some((opened, collection))))
            }
        });
        Self { documents: batches.map(stream::iter).flatten().boxed() }
    }

    /// The next document with its relations, or `None` at the end.
    ///
    /// # Errors
    ///
    /// When the server or the connection fails, when a document does not fit its model, or when a required one is missing.
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        self.documents.next().await.transpose()
    }
}

async fn next_batch(opened: &mut Opened<'_>, by_lookup: bool) -> Result<Option<Vec<Vec<u8>>>> {
    let (cursor, node, collection, reads) = opened;
    let Some(batch) = cursor.next_batch().await? else { return Ok(None) };
    let session = cursor.session_mut();
    let mut context = Context { collection: collection.clone(), session, reads: reads.clone() };
    of_batches(std::slice::from_ref(&batch), node, by_lookup, &mut context).await.map(Some)
}

impl<T> Stream for RelatedCursor<'_, T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.documents.poll_next_unpin(context)
    }
}

impl<T> fmt::Debug for RelatedCursor<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RelatedCursor").finish_non_exhaustive()
    }
}
