//! What a stream does between two events.

use std::task::{Context, Poll, ready};

use futures_util::FutureExt;
use mongodb::raw_batch_cursor::RawBatch;

use super::{ChangeStream, State};
use crate::{
    change_stream::{
        resume,
        token::{ResumeToken, token_of},
    },
    cursor::{Batch, ReadRow, Whole, id_of},
    error::{Error, Result},
};

impl<E: 'static> ChangeStream<'_, E> {
    /// Takes the events that have arrived already until there are `most`. Gives the place behind the last one, and the error
    /// of the event after it.
    pub(in crate::change_stream) fn read_rest(
        &mut self,
        events: &mut Vec<E>,
        most: usize,
    ) -> (Option<ResumeToken>, Option<Error>)
    where
        Whole: ReadRow<E>,
    {
        while events.len() < most {
            let last = self.last.clone();
            match self.next_read() {
                None => break,
                Some(Ok(event)) => events.push(event),
                Some(Err(error)) => return (self.token_at(last.as_ref()), Some(error)),
            }
        }
        (self.resume_token(), None)
    }

    /// Takes a reply of the server.
    pub(super) fn take(&mut self, reply: RawBatch) -> Result<()> {
        self.before = self.resume_token();
        self.last = None;
        self.id = id_of(&reply);
        self.batch = Batch::new(reply, Whole)?;
        Ok(())
    }

    fn end(&mut self) {
        (self.state, self.id) = (State::Ended, 0);
    }

    /// Gives up its cursor, to be opened again by the next call.
    fn lose(&mut self) {
        (self.state, self.id) = (if self.in_session { State::Ended } else { State::Lost }, 0);
    }

    /// Begins to open it again where it stands.
    fn reopen(&mut self) {
        let start = self.plan.stage.start.resume(self.resume_token(), self.is_read, self.opened);
        let session = match std::mem::replace(&mut self.state, State::Ended) {
            State::Open(source) => source.into_session(),
            _ => None,
        };
        let (plan, pause) = (self.plan.clone(), resume::pause(self.failures));
        (self.id, self.failures) = (0, self.failures.saturating_add(1));
        let open = async move {
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
            }
            plan.open(&start, session).await
        };
        self.state = State::Opening(open.boxed());
    }

    pub(super) fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E>>>
    where
        Whole: ReadRow<E>,
    {
        loop {
            if let Some(event) = self.next_read() {
                return Poll::Ready(Some(event));
            }
            match ready!(self.poll_reply(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(())) => {}
            }
        }
    }

    /// The next event of the batch.
    #[inline]
    pub(super) fn next_read(&mut self) -> Option<Result<E>>
    where
        Whole: ReadRow<E>,
    {
        let place = match self.batch.step() {
            Ok(place) => place?,
            Err(error) => {
                self.end();
                return Some(Err(error));
            }
        };
        let event = self.batch.document(place.clone());
        if token_of(event).is_none() {
            self.end();
            return Some(Err(Error::no_resume_token()));
        }
        let event = Whole.read(event);
        (self.last, self.is_read) = (Some(place), true);
        Some(event.map_err(Into::into))
    }

    /// Takes the next reply, whatever must be done for it.
    pub(super) fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<()>>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Lost => self.reopen(),
                State::Opening(open) => match ready!(open.poll_unpin(context)) {
                    Ok((source, reply)) => {
                        self.state = State::Open(source);
                        return Poll::Ready(Some(self.take(reply)));
                    }
                    Err(error) => {
                        match resume::is_resumable(&error) {
                            true => self.lose(),
                            false => self.end(),
                        }
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Open(source) => {
                    let next = match &mut self.clock {
                        None => Ok(ready!(source.poll_next(context))),
                        Some(clock) => {
                            let next = ready!(clock.poll(context, |context| source.poll_next(context)));
                            let is_over = clock.is_over();
                            clock.reset();
                            next.map_err(|late| (late, is_over))
                        }
                    };
                    match next {
                        Ok(None) => {
                            self.end();
                            return Poll::Ready(None);
                        }
                        Ok(Some(Ok(reply))) => {
                            self.failures = 0;
                            return Poll::Ready(Some(self.take(reply)));
                        }
                        Ok(Some(Err(error))) if resume::is_resumable(&error) => self.reopen(),
                        Ok(Some(Err(error))) => {
                            self.end();
                            return Poll::Ready(Some(Err(error)));
                        }
                        Err((late, is_over)) => {
                            self.lose();
                            if is_over || matches!(self.state, State::Ended) {
                                return Poll::Ready(Some(Err(late)));
                            }
                        }
                    }
                }
            }
        }
    }
}
