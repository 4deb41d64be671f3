//! Wall and CPU time of two sides that take turns.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use nix::sys::resource::{UsageWho, getrusage};

use crate::Result;

/// What one side took in one round.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    pub wall: f64,
    pub cpu: f64,
}

/// A running measurement.
pub struct Clock {
    who: UsageWho,
    wall: Instant,
    cpu: f64,
}

impl Clock {
    /// Times this process, all its threads together.
    pub fn start() -> Self {
        Self::of(UsageWho::RUSAGE_SELF)
    }

    /// Times the processes that are started from now on and end before [`stop`](Self::stop).
    pub fn children() -> Self {
        Self::of(UsageWho::RUSAGE_CHILDREN)
    }

    fn of(who: UsageWho) -> Self {
        Self { who, cpu: cpu(who), wall: Instant::now() }
    }

    pub fn stop(self) -> Cost {
        Cost { wall: self.wall.elapsed().as_secs_f64(), cpu: cpu(self.who) - self.cpu }
    }
}

/// User and system time so far.
fn cpu(who: UsageWho) -> f64 {
    let usage = getrusage(who).unwrap();
    [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
        .sum()
}

/// The rounds of two sides.
#[derive(Debug, Default)]
pub struct Rounds(Vec<(Cost, Cost)>);

impl Rounds {
    pub fn push(&mut self, ours: Cost, theirs: Cost) {
        self.0.push((ours, theirs));
    }

    /// The median over the rounds of ours divided by theirs.
    pub fn ratio(&self) -> Cost {
        let of =
            |pick: fn(Cost) -> f64| median(self.0.iter().map(|(ours, theirs)| pick(*ours) / pick(*theirs)));
        Cost { wall: of(|cost| cost.wall), cpu: of(|cost| cost.cpu) }
    }

    /// The medians of each side.
    pub fn medians(&self) -> (Cost, Cost) {
        let side = |pick: fn(&(Cost, Cost)) -> Cost| Cost {
            wall: median(self.0.iter().map(|round| pick(round).wall)),
            cpu: median(self.0.iter().map(|round| pick(round).cpu)),
        };
        (side(|round| round.0), side(|round| round.1))
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Times two computations in turn, each long enough in every round for the clocks.
pub fn computations<A, B>(mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) -> Rounds {
    const ROUNDS: usize = 21;
    let ours = &mut || drop(black_box(ours()));
    let theirs = &mut || drop(black_box(theirs()));
    let (our_calls, their_calls) = (calls(ours), calls(theirs));
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        rounds.push(repeat(ours, our_calls), repeat(theirs, their_calls));
    }
    rounds
}

/// How often to call `f` for a round of some 15 ms.
fn calls(f: &mut impl FnMut()) -> u32 {
    let start = Instant::now();
    let mut calls = 0_u32;
    while start.elapsed() < Duration::from_millis(30) {
        f();
        calls += 1;
    }
    calls.div_ceil(2)
}

/// The cost of one call.
fn repeat(f: &mut impl FnMut(), calls: u32) -> Cost {
    let clock = Clock::start();
    (0..calls).for_each(|_| f());
    let cost = clock.stop();
    Cost { wall: cost.wall / f64::from(calls), cpu: cost.cpu / f64::from(calls) }
}

/// Times two operations on the server in turn; each tells the cost of what counts in it.
pub async fn operations<A, B>(rounds: usize, ours: impl Fn() -> A, theirs: impl Fn() -> B) -> Result<Rounds>
where
    A: Future<Output = Result<Cost>>,
    B: Future<Output = Result<Cost>>,
{
    ours().await?;
    theirs().await?;
    let mut costs = Rounds::default();
    for _ in 0..rounds {
        let (ours, theirs) = (ours().await?, theirs().await?);
        costs.push(ours, theirs);
    }
    Ok(costs)
}
