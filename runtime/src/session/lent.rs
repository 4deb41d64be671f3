//! Sessions that are lent to operations, one after the other.
//!
//! The driver starts a session of its own for an operation that is given none, and ends it in a task of its own: a fifth
//! of what reading one document costs a client.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

use mongodb::{Client, ClientSession, error::Error as DriverError};
use tokio::runtime::Handle;

use crate::{
    Session,
    client::{Scope, State},
};

/// How many are kept while no operation needs them.
const KEPT: usize = 128;
/// How long they are kept. The driver's `shutdown` waits for all sessions, and nothing tells when it is called.
const REST: Duration = Duration::from_secs(1);
/// How long an operation may have taken whose session is kept. A connection that the network lost without a word fails
/// later than this, and the driver tells nobody of it.
const PROMPT: Duration = Duration::from_secs(5);
/// How long before its end on the server a session is not used any more.
const MARGIN: Duration = Duration::from_secs(60);

/// The sessions of a client that no operation needs at the moment; the one used last is the last.
#[derive(Debug, Default)]
pub(crate) struct Idle(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    sessions: Vec<(Instant, Box<ClientSession>)>,
    is_closed: bool,
    /// Whether a task ends those that are kept for too long.
    is_swept: bool,
}

impl Idle {
    /// The one used last, unless the server may have ended it.
    fn take(&self, lifetime: Duration) -> Option<Box<ClientSession>> {
        let mut shelf = lock(&self.0);
        let (last_use, session) = shelf.sessions.pop()?;
        if last_use.elapsed() + MARGIN < lifetime {
            return Some(session);
        }
        // The others are older.
        let ended = mem::take(&mut shelf.sessions);
        drop(shelf);
        drop(ended);
        None
    }

    fn put(&self, session: Box<ClientSession>) {
        let mut shelf = lock(&self.0);
        if shelf.is_closed || shelf.sessions.len() >= KEPT {
            return;
        }
        shelf.sessions.push((Instant::now(), session));
        if !shelf.is_swept
            && let Ok(runtime) = Handle::try_current()
        {
            shelf.is_swept = true;
            drop(shelf);
            runtime.spawn(Sweep(Arc::downgrade(&self.0)).run());
        }
    }

    /// Ends all of them, and those that come back later.
    pub(crate) fn close(&self) {
        let mut shelf = lock(&self.0);
        shelf.is_closed = true;
        let ended = mem::take(&mut shelf.sessions);
        drop(shelf);
        drop(ended);
    }
}

fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the sessions that no operation has needed for a while.
struct Sweep(Weak<Mutex<Shelf>>);

impl Sweep {
    async fn run(self) {
        loop {
            tokio::time::sleep(REST).await;
            let Some(shelf) = self.0.upgrade() else { return };
            let mut shelf = lock(&shelf);
            let old = shelf.sessions.partition_point(|(last_use, _)| last_use.elapsed() >= REST);
            let ended: Vec<_> = shelf.sessions.drain(..old).collect();
            let is_done = shelf.sessions.is_empty();
            shelf.is_swept = !is_done;
            drop(shelf);
            drop(ended);
            if is_done {
                return;
            }
        }
    }
}

/// A runtime that ends takes its tasks with it: the next session begins another one.
impl Drop for Sweep {
    fn drop(&mut self) {
        if let Some(shelf) = self.0.upgrade() {
            lock(&shelf).is_swept = false;
        }
    }
}

/// A session that is lent to an operation. It is ended when it is dropped; [`back`](Self::back) keeps it for the next one.
pub(crate) struct Loan {
    session: Box<ClientSession>,
    state: Arc<State>,
    /// The [`changes`](crate::monitor::TopologyWatch::changes) of the servers before the operation.
    changes: u32,
    since: Instant,
}

impl Loan {
    /// One without causal consistency, as the driver's own ones; none where the servers are not known to have any.
    pub(crate) async fn new(state: &Arc<State>, client: &Client) -> Option<Self> {
        let (lifetime, changes) = (state.topology.session_lifetime()?, state.topology.changes());
        let session = match state.sessions.take(lifetime) {
            Some(session) => session,
            None => Box::new(client.start_session().causal_consistency(false).await.ok()?),
        };
        Some(Self { session, state: Arc::clone(state), changes, since: Instant::now() })
    }

    /// What the operation runs in.
    pub(crate) fn enter(&mut self) -> &mut ClientSession {
        &mut self.session
    }

    /// The operation has ended well.
    ///
    /// It may have done so at the second attempt, after a connection failed. The server may be at work on the first one
    /// then, so that no other operation may have the session. The driver, which knows, does not tell.
    pub(crate) fn back(self) {
        if self.changes == self.state.topology.changes() && self.since.elapsed() < PROMPT {
            self.state.sessions.put(self.session);
        }
    }
}

/// The session of one operation.
pub(crate) enum Held<'a> {
    /// By the caller.
    Given(&'a mut Session),
    Lent(Loan),
    /// None is lent: the driver starts one of its own.
    Nothing,
}

impl<'a> Held<'a> {
    /// The caller's, or one that is lent.
    pub(crate) async fn new(given: Option<&'a mut Session>, scope: &Scope, client: &Client) -> Self {
        match given {
            Some(session) => Self::Given(session),
            None => Loan::new(scope.state(), client).await.map_or(Self::Nothing, Self::Lent),
        }
    }

    /// What the operation runs in.
    pub(crate) fn enter(&mut self) -> Option<&mut ClientSession> {
        match self {
            Self::Given(session) => Some(session.enter()),
            Self::Lent(loan) => Some(loan.enter()),
            Self::Nothing => None,
        }
    }

    /// Takes note of how a fetch of a cursor ended. A session that is lent stays with the cursor as long as that is open on the
    /// server.
    pub(crate) fn fetched(self, error: Option<&DriverError>, is_open: bool) -> Option<Self> {
        match self {
            Self::Given(session) => {
                session.leave(error);
                Some(Self::Given(session))
            }
            held if is_open => Some(held),
            held => {
                held.leave(error);
                None
            }
        }
    }

    /// Takes note of how the operation ended.
    pub(crate) fn leave(self, error: Option<&DriverError>) {
        match self {
            Self::Given(session) => session.leave(error),
            Self::Lent(loan) if error.is_none() => loan.back(),
            _ => {}
        }
    }
}
