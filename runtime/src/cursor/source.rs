//! Where batches come from: a cursor of its own, or one that runs in a session.

use std::task::{Context, Poll, ready};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, future::poll_fn};
use mongodb::raw_batch_cursor::{RawBatch, RawBatchCursor, SessionRawBatchCursor};

use crate::{Session, error::Result};

type Fetched<'s> = (Box<SessionRawBatchCursor>, &'s mut Session, Option<mongodb::error::Result<RawBatch>>);

/// The source that a driver's action gives, in the session when there is one. The expression of the action owns what it
/// uses.
macro_rules! source_of {
    ($session:expr, $action:expr) => {
        match $session {
            None => {
                let opening = $crate::cursor::Opening::new(async move { $action.batch().await });
                $crate::cursor::Source::Plain(Box::new(opening.await?))
            }
            Some(session) => {
                let cursor = $action.session(session.enter()).batch().await;
                session.leave(cursor.as_ref().err());
                $crate::cursor::Source::Session(Some((Box::new(cursor?), session)))
            }
        }
    };
}

pub(crate) use source_of;

/// The driver's cursor of raw batches.
pub(crate) enum Source<'s> {
    Plain(Box<RawBatchCursor>),
    /// The session is lent to each fetch, so cursor and session move into the future and come back from it.
    Session(Option<(Box<SessionRawBatchCursor>, &'s mut Session)>),
    Fetching(BoxFuture<'s, Fetched<'s>>),
    /// It failed or was closed: nothing is asked any more.
    Closed(Option<&'s mut Session>),
}

impl<'s> Source<'s> {
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawBatch>>> {
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
                Self::Closed(_) => return Poll::Ready(None),
            }
        }
    }

    /// The session, unless a fetch has it.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Session(Some((_, session))) | Self::Closed(Some(session)) => Some(session),
            _ => None,
        }
    }

    /// The same to work with between two fetches.
    pub(super) fn session_mut(&mut self) -> Option<&mut Session> {
        match self {
            Self::Session(Some((_, session))) | Self::Closed(Some(session)) => Some(session),
            _ => None,
        }
    }

    /// Drops the driver's cursor, which is closed on the server in the background if it is open there. A fetch that is
    /// under way is dropped, and its session with it.
    pub(super) fn close(&mut self) {
        *self = Self::Closed(match std::mem::replace(self, Self::Closed(None)) {
            Self::Session(idle) => idle.map(|(_, session)| session),
            Self::Closed(session) => session,
            Self::Plain(_) | Self::Fetching(_) => None,
        });
    }

    /// The session, when the source has one and no fetch is under way. The rest is dropped.
    pub(crate) fn into_session(mut self) -> Option<&'s mut Session> {
        self.close();
        match self {
            Self::Closed(session) => session,
            _ => None,
        }
    }

    /// [`close`](Self::close) that waits for a fetch which is under way, and gives the session.
    pub(crate) async fn release(&mut self) -> Option<&'s mut Session> {
        if matches!(self, Self::Fetching(_)) {
            drop(poll_fn(|context| self.poll_next(context)).await);
        }
        self.close();
        match self {
            Self::Closed(session) => session.take(),
            _ => None,
        }
    }
}
