//! Where batches come from: a cursor of its own, or one that runs in a session.

use std::task::{Context, Poll, ready};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, future::poll_fn};
use mongodb::raw_batch_cursor::{RawBatch, RawBatchCursor, SessionRawBatchCursor};

use super::id_of;
use crate::{
    Session,
    error::Result,
    session::{Held, Loan},
};

type Fetched<'s> = (Box<SessionRawBatchCursor>, Held<'s>, Option<mongodb::error::Result<RawBatch>>);

/// A cursor that was opened without a session of the caller.
pub(crate) enum Opened {
    Plain(RawBatchCursor),
    Lent(SessionRawBatchCursor, Loan),
}

/// The source that a driver's action gives, in the session when there is one. The expression of the action owns what it
/// uses. With the `lender` of sessions, one is lent when there is none.
macro_rules! source_of {
    ($session:expr, $lender:expr, $client:expr, $action:expr) => {
        match $session {
            None => {
                let loan = $crate::session::Loan::new($lender, $client).await;
                let opening = $crate::cursor::Opening::new(async move {
                    match loan {
                        None => $action.batch().await.map($crate::cursor::Opened::Plain),
                        Some(mut loan) => {
                            let cursor = $action.session(loan.enter()).batch().await?;
                            Ok($crate::cursor::Opened::Lent(cursor, loan))
                        }
                    }
                });
                $crate::cursor::Source::from(opening.await?)
            }
            session => $crate::cursor::source_of!(session, $action),
        }
    };
    ($session:expr, $action:expr) => {
        match $session {
            None => {
                let opening = $crate::cursor::Opening::new(async move { $action.batch().await });
                $crate::cursor::Source::Plain(Box::new(opening.await?))
            }
            Some(session) => {
                let cursor = $action.session(session.enter()).batch().await;
                session.leave(cursor.as_ref().err());
                let held = $crate::session::Held::Given(session);
                $crate::cursor::Source::Session(Some((Box::new(cursor?), held)))
            }
        }
    };
}

pub(crate) use source_of;

/// The driver's cursor of raw batches.
pub(crate) enum Source<'s> {
    Plain(Box<RawBatchCursor>),
    /// The session is lent to each fetch, so cursor and session move into the future and come back from it. None behind the
    /// end of one in a session of the pool, which has gone back.
    Session(Option<(Box<SessionRawBatchCursor>, Held<'s>)>),
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
                    let Some((mut cursor, mut held)) = idle.take() else {
                        return Poll::Ready(None);
                    };
                    let fetch = async move {
                        let next = match held.enter() {
                            Some(session) => cursor.stream(session).next().await,
                            None => None,
                        };
                        (cursor, held, next)
                    };
                    *self = Self::Fetching(fetch.boxed());
                }
                Self::Fetching(fetch) => {
                    let (cursor, held, next) = ready!(fetch.poll_unpin(context));
                    let error = next.as_ref().and_then(|batch| batch.as_ref().err());
                    let is_open = matches!(&next, Some(Ok(reply)) if id_of(reply) != 0);
                    *self = Self::Session(held.fetched(error, is_open).map(|held| (cursor, held)));
                    return Poll::Ready(next.map(|batch| Ok(batch?)));
                }
                Self::Closed(_) => return Poll::Ready(None),
            }
        }
    }

    /// The session, unless a fetch has it.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Session(Some((_, Held::Given(session)))) | Self::Closed(Some(session)) => Some(session),
            _ => None,
        }
    }

    /// The same to work with between two fetches.
    pub(super) fn session_mut(&mut self) -> Option<&mut Session> {
        match self {
            Self::Session(Some((_, Held::Given(session)))) | Self::Closed(Some(session)) => Some(session),
            _ => None,
        }
    }

    /// Drops the driver's cursor, which is closed on the server in the background if it is open there. A fetch that is
    /// under way is dropped, and its session with it.
    pub(super) fn close(&mut self) {
        *self = Self::Closed(match std::mem::replace(self, Self::Closed(None)) {
            Self::Session(Some((_, Held::Given(session)))) => Some(session),
            Self::Closed(session) => session,
            Self::Plain(_) | Self::Session(_) | Self::Fetching(_) => None,
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

impl From<Opened> for Source<'_> {
    fn from(opened: Opened) -> Self {
        match opened {
            Opened::Plain(cursor) => Self::Plain(Box::new(cursor)),
            Opened::Lent(cursor, loan) => Self::Session(Some((Box::new(cursor), Held::Lent(loan)))),
        }
    }
}
