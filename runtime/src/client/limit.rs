//! Limits on the time of an operation.
//!
//! An operation that takes too long is dropped. The driver then closes the connection that it was using instead of
//! giving it back, so that no later operation reads its answer.

use std::{
    cell::Cell,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::BoxFuture;
use mongodb::event::cmap::CmapEvent;
use tokio::time::{Sleep, sleep};

use super::span::Span;
use crate::error::{Error, Result};

/// How long an operation, and each of its stages, may take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    /// From its start to its end.
    pub(crate) total: Option<Duration>,
    /// Waiting for a connection.
    pub(crate) wait: Option<Duration>,
    /// Waiting for the answer to one message.
    pub(crate) reply: Option<Duration>,
}

impl Limits {
    pub(crate) fn is_none(&self) -> bool {
        self.total.is_none() && self.wait.is_none() && self.reply.is_none()
    }
}

/// Where an operation is. The driver tells its pool listener from within the operation, which is how it gets here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Stage {
    /// Not at a connection.
    #[default]
    Away,
    /// Waits for a connection; the number tells one wait from the next.
    Waiting(u32),
    /// Has one.
    Using(u32),
}

thread_local! {
    /// That of the operation which this thread is polling.
    static STAGE: Cell<Stage> = const { Cell::new(Stage::Away) };
}

/// Notes what the driver tells about its pools; called by the pool listener.
pub(super) fn note(event: &CmapEvent) {
    let count = match STAGE.get() {
        Stage::Away => 0,
        Stage::Waiting(count) | Stage::Using(count) => count,
    };
    match event {
        CmapEvent::ConnectionCheckoutStarted(_) => STAGE.set(Stage::Waiting(count.wrapping_add(1))),
        CmapEvent::ConnectionCheckedOut(_) => STAGE.set(Stage::Using(count)),
        CmapEvent::ConnectionCheckoutFailed(_) => STAGE.set(Stage::Away),
        _ => {}
    }
}

/// Whether the operation which this thread is polling waits for a connection, so that nothing is sent yet. Known only where
/// there is a limit on that.
pub(crate) fn is_waiting() -> bool {
    matches!(STAGE.get(), Stage::Waiting(_))
}

/// The clocks of one operation.
#[derive(Debug)]
pub(crate) struct Clock {
    limits: Limits,
    total: Option<Pin<Box<Sleep>>>,
    stage: Stage,
    in_stage: Option<(Pin<Box<Sleep>>, Duration)>,
}

impl Clock {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, total: None, stage: Stage::Away, in_stage: None }
    }

    /// Starts anew, for the next fetch of a cursor.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.limits);
    }

    /// Whether the limit on the whole has been reached.
    pub(crate) fn is_over(&self) -> bool {
        self.total.as_ref().is_some_and(|clock| clock.is_elapsed())
    }

    /// Polls the work, or gives up.
    pub(crate) fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        work: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<Result<T>> {
        // Not before the first poll: an action does nothing until it is awaited.
        if let (Some(limit), None) = (self.limits.total, &self.total) {
            self.total = Some(Box::pin(sleep(limit)));
        }
        let outer = STAGE.replace(self.stage);
        let polled = work(context);
        let stage = STAGE.replace(outer);
        if let Poll::Ready(done) = polled {
            return Poll::Ready(Ok(done));
        }
        if stage != self.stage {
            self.stage = stage;
            let limit = match stage {
                Stage::Away => None,
                Stage::Waiting(_) => self.limits.wait,
                Stage::Using(_) => self.limits.reply,
            };
            self.in_stage = limit.map(|limit| (Box::pin(sleep(limit)), limit));
        }
        if let Some((clock, limit)) = &mut self.in_stage
            && clock.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(match stage {
                Stage::Waiting(_) => Error::wait_queue_timeout(*limit),
                _ => Error::timeout(*limit, "the server's answer took longer"),
            }));
        }
        if let (Some(clock), Some(limit)) = (&mut self.total, self.limits.total)
            && clock.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(Error::timeout(limit, "the operation took longer")));
        }
        Poll::Pending
    }
}

/// An operation under limits and in a span.
pub(crate) struct Watched<'a, T> {
    /// `None` when it is over: what it held is given back before the caller goes on.
    work: Option<BoxFuture<'a, Result<T>>>,
    clock: Clock,
    refused: Option<Error>,
    span: Span,
}

impl<'a, T> Watched<'a, T> {
    pub(crate) fn new(
        work: BoxFuture<'a, Result<T>>,
        limits: Limits,
        refused: Option<Error>,
        span: Span,
    ) -> Self {
        Self { work: Some(work), clock: Clock::new(limits), refused, span }
    }
}

impl<T> Future for Watched<'_, T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let Self { work, clock, refused, span } = self.get_mut();
        let outcome = match (refused.take(), work.as_mut()) {
            (Some(error), _) => Err(error),
            (None, None) => return Poll::Pending,
            (None, Some(running)) => {
                let polled = span.within(|| clock.poll(context, |context| running.as_mut().poll(context)));
                match polled {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(outcome) => outcome.and_then(|done| done),
                }
            }
        };
        *work = None;
        span.end(outcome.as_ref().err());
        Poll::Ready(outcome)
    }
}
