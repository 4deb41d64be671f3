//! Where batches come from: a cursor of its own, or one that runs in a session.

use std::task::{Context, Poll, ready};

use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use mongodb::raw_batch_cursor::{RawBatch, RawBatchCursor, SessionRawBatchCursor};

use crate::{Session, error::Result};

type Fetched<'s> = (Box<SessionRawBatchCursor>, &'s mut Session, Option<mongodb::error::Result<RawBatch>>);

/// The driver's cursor of raw batches.
pub(crate) enum Source<'s> {
    Plain(Box<RawBatchCursor>),
    /// The session is lent to each fetch, so cursor and session move into the future and come back from it.
    Session(Option<(Box<SessionRawBatchCursor>, &'s mut Session)>),
    Fetching(BoxFuture<'s, Fetched<'s>>),
}

impl Source<'_> {
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawBatch>>> {
        loop {
            match self {
                Self::Plain(cursor) => {
                    let next = ready!(cursor.poll_next_unpin(context));
                    return Poll::Ready(next.map(|batch| Ok(batch?)));
                }
                Self::Session(idle) => {
                    let Some((mut cursor, session)) = idle.take() else {
                        return Poll::Ready(None);
                    };
                    let fetch = async move {
                        let next = cursor.stream(session.enter()).next().await;
                        session.leave(next.as_ref().and_then(|batch| batch.as_ref().err()));
                        (cursor, session, next)
                    };
                    *self = Self::Fetching(fetch.boxed());
                }
                Self::Fetching(fetch) => {
                    let (cursor, session, next) = ready!(fetch.poll_unpin(context));
                    *self = Self::Session(Some((cursor, session)));
                    return Poll::Ready(next.map(|batch| Ok(batch?)));
                }
            }
        }
    }
}
