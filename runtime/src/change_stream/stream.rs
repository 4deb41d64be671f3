//! The stream itself: what is read from it, and where it stands.

mod poll;

use std::{
    ops::Range,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::{Stream, future::BoxFuture, future::poll_fn};
use mongodb::{bson::Timestamp, raw_batch_cursor::RawBatch};

use super::{
    resume::Plan,
    token::{ResumeToken, token_of},
};
use crate::{
    Session,
    action::unopened::opened,
    client::Clock,
    cursor::{Batch, ReadRow, Source, Whole},
    error::Result,
};

type Opening<'s> = BoxFuture<'s, Result<(Source<'s>, RawBatch)>>;

/// What happens in a collection, a database or a cluster, as it happens.
///
/// Opened by awaiting [`Collection::watch`](crate::Collection::watch), [`Database::watch`](crate::Database::watch) or
/// [`Client::watch`](crate::Client::watch). It is a [`Stream`] of `Result<E>`, where `E` is an
/// [`Event`](super::Event), or what [`raw`](crate::action::Watch::raw) and [`as_type`](crate::action::Watch::as_type) say.
///
/// It ends with the collection or database that it watches. Network errors, a change of the primary and a cursor that was
/// lost do not end it: it opens itself again at the place where it was, so that no event is lost and none comes twice. An
/// attempt that fails gives its error; call again to try again, as long as it [is alive](Self::is_alive).
///
/// An event that does not fit the model is an error of its own, and the stream goes on behind it.
///
/// Memory: one reply at a time. Who reads slowly is waited for, by the server's oplog: what it has thrown away cannot
/// be read any more, and the stream then fails with code 286. A stream that is dropped is closed on the server in the
/// background; [`close`](Self::close) waits for it.
#[must_use = "a change stream gives nothing until it is polled"]
pub struct ChangeStream<'s, E> {
    plan: Arc<Plan>,
    state: State<'s>,
    batch: Batch<E>,
    /// Where in the batch the event is that was given last.
    last: Option<Range<usize>>,
    /// Where the stream stood before the batch.
    before: Option<ResumeToken>,
    /// When it was opened, where the server gives no token.
    opened: Option<Timestamp>,
    is_read: bool,
    /// Its session cannot be taken back from a request: it is lost with it.
    in_session: bool,
    /// The id on the server, 0 when it is not open there.
    id: i64,
    /// Limits on the time of each fetch.
    clock: Option<Box<Clock>>,
    /// How often it was opened again since the last reply.
    failures: u32,
}

enum State<'s> {
    Open(Source<'s>),
    /// Its cursor is lost: the next call opens another one.
    Lost,
    Opening(Opening<'s>),
    Ended,
}

impl<'s, E: 'static> ChangeStream<'s, E> {
    pub(crate) async fn open(plan: Plan, session: Option<&'s mut Session>) -> Result<Self> {
        let start = &plan.stage.start;
        let in_session = session.is_some();
        let (source, reply) = plan.open(start, session).await?;
        let opened = start.is_none().then(|| reply.as_raw_document().get_timestamp("operationTime").ok());
        let limits = plan.target.scope().limits();
        let mut stream = Self {
            state: State::Open(source),
            batch: Batch::empty(Whole),
            last: None,
            before: start.token().cloned(),
            opened: opened.flatten(),
            is_read: false,
            in_session,
            id: 0,
            clock: (!limits.is_none()).then(|| Box::new(Clock::new(limits))),
            failures: 0,
            plan: Arc::new(plan),
        };
        stream.take(reply)?;
        Ok(stream)
    }

    /// The next event; waits until there is one. `None` at the end, after the event that says why.
    ///
    /// Cancel safety: a dropped future loses no event.
    ///
    /// # Errors
    ///
    /// When the server ends the stream, or it cannot be opened again; [decode](crate::Error::is_decode) when the event does not
    /// fit the model, and the next call goes on behind it. [Timeout](crate::Error::is_timeout) when the server does not answer
    /// within the limit of the client or of [`timeout`](crate::action::Watch::timeout), and the next call goes on; not in a
    /// session, where it ends the stream.
    pub async fn try_next(&mut self) -> Result<Option<E>>
    where
        Whole: ReadRow<E>,
    {
        poll_fn(|context| self.poll_event(context)).await.transpose()
    }

    /// The next event if there is one within one request, for which the server waits up to a second or
    /// [`max_await_time`](crate::action::Watch::max_await_time); `None` when there is nothing yet.
    ///
    /// The `try_next` of other drivers. [`is_alive`](Self::is_alive) tells "nothing yet" from "never again", and
    /// [`resume_token`](Self::resume_token) moves on although nothing was given: store it from time to time.
    ///
    /// Cancel safety: a dropped future loses no event.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next).
    pub async fn next_if_any(&mut self) -> Result<Option<E>>
    where
        Whole: ReadRow<E>,
    {
        if let Some(event) = self.next_read() {
            return event.map(Some);
        }
        match poll_fn(|context| self.poll_reply(context)).await {
            None => Ok(None),
            Some(reply) => reply.and_then(|()| self.next_read().transpose()),
        }
    }

    /// Whether it may give more events: it is open, can be opened again, or has some left in its batch.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        match &self.state {
            State::Open(_) => self.id != 0 || !self.batch.is_read(),
            State::Lost | State::Opening(_) => true,
            State::Ended => false,
        }
    }

    /// The place behind the event that was given last, or behind everything that the server has looked at when there is
    /// no event left. Opening a stream [after it](crate::action::Watch::start_after) goes on without a gap.
    ///
    /// `None` only of a new stream on a server that gives no token before the first event.
    #[must_use]
    pub fn resume_token(&self) -> Option<ResumeToken> {
        let at_end = match self.batch.is_read() {
            true => self.batch.reply().and_then(|reply| {
                let cursor = reply.get_document("cursor").ok()?;
                cursor.get_document("postBatchResumeToken").ok().map(ResumeToken::of_raw)
            }),
            false => None,
        };
        at_end.or_else(|| self.token_at(self.last.as_ref())).or_else(|| self.before.clone())
    }

    fn token_at(&self, event: Option<&Range<usize>>) -> Option<ResumeToken> {
        token_of(self.batch.document(event?.clone())).map(ResumeToken::of_raw)
    }

    /// The id of its cursor on the server; `None` when it is not open there at the moment.
    #[must_use]
    pub fn id(&self) -> Option<i64> {
        (self.id != 0).then_some(self.id)
    }

    /// The session that it runs in, if it was given one and no request is under way. It comes back when the stream is
    /// dropped.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match &self.state {
            State::Open(source) => source.session(),
            _ => None,
        }
    }

    /// Closes it, on the server as well when this returns.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached; it closes idle cursors by itself after 10 minutes.
    pub async fn close(mut self) -> Result<()> {
        let id = self.id();
        let plan = self.plan.clone();
        if let State::Open(source) = &mut self.state {
            // Waits for a request that is under way.
            source.release().await;
        }
        drop(self);
        match id {
            Some(id) => plan.kill(id).await,
            None => Ok(()),
        }
    }
}

impl<E: 'static> Stream for ChangeStream<'_, E>
where
    Whole: ReadRow<E>,
{
    type Item = Result<E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<E> Unpin for ChangeStream<'_, E> {}

/// Options of the action, for the compiler's message where they stand behind its `.await`.
impl<E> ChangeStream<'_, E> {
    opened! {
        full_document() full_document_when_available() full_document_required()
        before_change() before_change_required()
        consumer(A, B) start_after(A) resume_after(A) start_at_operation_time(A) max_await_time(A) batch_size(A)
    }
}

impl<E> std::fmt::Debug for ChangeStream<'_, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeStream").field("id", &self.id).finish_non_exhaustive()
    }
}
