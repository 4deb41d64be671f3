//! When a transaction is tried again, by the rules that all drivers share.

use std::{
    any::Any,
    hash::{BuildHasher, RandomState},
    ops::ControlFlow,
    time::{Duration, Instant},
};

use mongodb::error::{TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT};

use super::{Begin, Guard, Transaction};
use crate::{
    Session,
    error::{Error, Result},
};

/// For how long a transaction is tried again.
const LIMIT: Duration = Duration::from_secs(120);
/// The pause before the second attempt, at most; half as much again before each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
/// The code of a commit that took longer than its `max_commit_time`: a new one would have no more time.
const MAX_TIME_EXPIRED: i32 = 50;

/// The time that all attempts have together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    limit: Duration,
    start: Instant,
}

impl Budget {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, start: Instant::now() }
    }

    fn allows(&self, pause: Duration) -> bool {
        self.start.elapsed().saturating_add(pause) < self.limit
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(LIMIT)
    }
}

/// The attempts of one [`transaction!`](crate::transaction!), which alone calls this.
#[doc(hidden)]
#[derive(Debug)]
pub struct Attempts<'s> {
    begin: Begin<'s>,
    guard: Option<Guard<'s>>,
    count: u32,
}

impl<'s> Attempts<'s> {
    #[must_use]
    pub fn new(mut begin: Begin<'s>) -> Self {
        begin.budget.start = Instant::now();
        Self { begin, guard: None, count: 0 }
    }

    /// The transaction of the next attempt.
    pub async fn next(&mut self) -> Result<&mut Transaction> {
        self.count += 1;
        let guard = match self.guard.take() {
            Some(guard) => guard,
            None => Guard::open(self.begin.database.clone(), self.begin.session.take()).await?,
        };
        let guard = self.guard.insert(guard);
        guard.start(self.begin.options.clone()).await?;
        Ok(guard)
    }

    /// Ends an attempt, and gives the result of all of them or asks for another one.
    pub async fn end<T, E>(&mut self, result: Result<T, E>) -> ControlFlow<Result<T, E>>
    where
        E: From<Error> + 'static,
    {
        let Some(guard) = &mut self.guard else { return ControlFlow::Break(result) };
        let session = guard.session();
        let (error, transient) = match result {
            // The block may have ended it by the session.
            Ok(value) if !session.in_transaction() => return self.finish(Ok(value)),
            Ok(value) => match commit(session, self.begin.budget).await {
                Ok(()) => return self.finish(Ok(value)),
                Err(error) => {
                    let transient = error.has_label(TRANSIENT_TRANSACTION_ERROR);
                    (error.into(), transient)
                }
            },
            Err(error) => {
                let transient = session.is_transient() || is_transient(&error);
                if session.in_transaction()
                    && let Err(error) = session.abort_transaction().await
                {
                    return self.finish(Err(error.into()));
                }
                (error, transient)
            }
        };
        let pause = pause_after(self.count, chance());
        if !transient || !self.begin.budget.allows(pause) {
            return self.finish(Err(error));
        }
        tokio::time::sleep(pause).await;
        ControlFlow::Continue(())
    }

    fn finish<R>(&mut self, result: R) -> ControlFlow<R> {
        if let Some(guard) = self.guard.take() {
            guard.give_back();
        }
        ControlFlow::Break(result)
    }
}

/// Commits, again and again while it is not known whether a commit came through.
pub(super) async fn commit(session: &mut Session, budget: Budget) -> Result<()> {
    loop {
        match session.commit_transaction().await {
            Err(error)
                if error.has_label(UNKNOWN_TRANSACTION_COMMIT_RESULT)
                    && error.code() != Some(MAX_TIME_EXPIRED)
                    && budget.allows(Duration::ZERO) => {}
            result => return result,
        }
    }
}

/// Whether an error of the block is one of ours that says so. Those of other types are known by the session.
fn is_transient<E: 'static>(error: &E) -> bool {
    let error = (error as &dyn Any).downcast_ref::<Error>();
    error.is_some_and(|error| error.has_label(TRANSIENT_TRANSACTION_ERROR))
}

/// How long to wait after so many attempts; `chance` is from 0 to 1, so that clients in each other's way get out of it.
fn pause_after(attempts: u32, chance: f64) -> Duration {
    let exponent = i32::try_from(attempts.saturating_sub(1)).unwrap_or(i32::MAX);
    let longest = FIRST_PAUSE.as_secs_f64() * 1.5_f64.powi(exponent);
    Duration::from_secs_f64(longest.min(LONGEST_PAUSE.as_secs_f64()) * chance)
}

fn chance() -> f64 {
    // Each `RandomState` has keys of its own, from the system's random numbers.
    let number = RandomState::new().hash_one(()) >> 11;
    number as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_PAUSE, chance, pause_after};

    #[test]
    fn pauses_grow_by_half_up_to_half_a_second() {
        let table = [(1, 5000), (2, 7500), (3, 11250), (12, 432_487), (13, 500_000), (u32::MAX, 500_000)];
        for (attempts, micros) in table {
            assert_eq!(pause_after(attempts, 1.0).as_micros(), micros, "after {attempts} attempts");
            assert!(pause_after(attempts, 0.0).is_zero());
        }
        let chances: Vec<_> = (0..100).map(|_| chance()).collect();
        assert!(chances.iter().all(|chance| (0.0..1.0).contains(chance)), "{chances:?}");
        assert!(chances.iter().any(|chance| *chance < 0.5) && chances.iter().any(|chance| *chance >= 0.5));
        assert!(pause_after(99, chance()) < LONGEST_PAUSE);
    }
}
