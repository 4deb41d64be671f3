//! Operations that go on while the caller does something else.

use std::{
    collections::VecDeque,
    task::{Context, Poll, ready},
};

use futures_util::{FutureExt, future::BoxFuture};
use tokio::{runtime::Handle, task::JoinHandle};

use super::IN_FLIGHT;
use crate::{Error, Session, error::Result};

/// One operation.
pub(super) trait Work: Send + 'static {
    /// What it gives.
    type Output: Send + 'static;

    /// Runs it, in the session where there is one.
    fn run(self, session: Option<&mut Session>) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// Operations under way, whose results are taken in their order.
///
/// Without a session each is a task, so that it goes on by itself, and is never broken off half-way. A session takes one
/// operation at a time, which goes on when it is polled.
pub(super) enum Lane<'a, T> {
    Tasks(Handle, VecDeque<JoinHandle<Result<T>>>),
    Session(SessionLane<'a, T>),
}

pub(super) struct SessionLane<'a, T> {
    idle: Option<&'a mut Session>,
    running: Option<BoxFuture<'a, (&'a mut Session, Result<T>)>>,
    /// Whether the result is not wanted any more.
    stale: bool,
}

impl<'a, T: Send + 'static> Lane<'a, T> {
    pub(super) fn new(session: Option<&'a mut Session>) -> Result<Self> {
        Ok(match session {
            None => Self::Tasks(handle()?, VecDeque::new()),
            Some(session) => Self::Session(SessionLane { idle: Some(session), running: None, stale: false }),
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Tasks(_, tasks) => tasks.is_empty(),
            Self::Session(lane) => lane.running.is_none(),
        }
    }

    /// Whether another operation can be started now.
    pub(super) fn has_room(&self) -> bool {
        match self {
            Self::Tasks(_, tasks) => tasks.len() < IN_FLIGHT,
            Self::Session(lane) => lane.idle.is_some(),
        }
    }

    /// Starts an operation; to be called when there is [room](Self::has_room).
    pub(super) fn start<W: Work<Output = T>>(&mut self, work: W) {
        match self {
            Self::Tasks(handle, tasks) => tasks.push_back(handle.spawn(work.run(None))),
            Self::Session(lane) => {
                if let Some(session) = lane.idle.take() {
                    let run = async move {
                        let result = work.run(Some(&mut *session)).await;
                        (session, result)
                    };
                    lane.running = Some(run.boxed());
                }
            }
        }
    }

    /// The result of the oldest operation; `None` when none is under way.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        match self {
            Self::Tasks(_, tasks) => {
                let Some(task) = tasks.front_mut() else { return Poll::Ready(None) };
                let result = ready!(task.poll_unpin(context));
                tasks.pop_front();
                Poll::Ready(Some(result.unwrap_or_else(|_| Err(Error::runtime_ended()))))
            }
            Self::Session(lane) => {
                let Some(running) = &mut lane.running else { return Poll::Ready(None) };
                let (session, result) = ready!(running.poll_unpin(context));
                (lane.idle, lane.running) = (Some(session), None);
                match std::mem::take(&mut lane.stale) {
                    true => Poll::Ready(None),
                    false => Poll::Ready(Some(result)),
                }
            }
        }
    }

    /// Forgets the operations under way; they end by themselves.
    pub(super) fn forget(&mut self) {
        match self {
            Self::Tasks(_, tasks) => tasks.clear(),
            Self::Session(lane) => lane.stale = lane.running.is_some(),
        }
    }

    /// Takes the tasks, to wait for them elsewhere.
    pub(super) fn take_tasks(&mut self) -> VecDeque<JoinHandle<Result<T>>> {
        match self {
            Self::Tasks(_, tasks) => std::mem::take(tasks),
            Self::Session(_) => VecDeque::new(),
        }
    }

    /// The session, when no operation is under way.
    pub(super) fn session(&mut self) -> Option<&mut Session> {
        match self {
            Self::Tasks(..) => None,
            Self::Session(lane) => lane.idle.as_deref_mut(),
        }
    }
}

/// The runtime that background work runs on.
pub(super) fn handle() -> Result<Handle> {
    Handle::try_current()
        .map_err(|_| Error::argument("GridFS works in the background: call it within a tokio runtime"))
}
