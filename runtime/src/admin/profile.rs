//! The server's profiler.

use std::time::Duration;

use mongodb::bson::{Bson, Document, doc};

use super::awaitable;
use crate::{Database, action::Find, error::Result, filter::Filter};

/// Which operations the profiler writes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfilingLevel {
    /// None.
    Off,
    /// Those that take longer than the threshold.
    Slow,
    /// All of them, which slows the server down.
    All,
}

impl ProfilingLevel {
    fn number(self) -> i32 {
        match self {
            Self::Off => 0,
            Self::Slow => 1,
            Self::All => 2,
        }
    }
}

/// How the profiler is set.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Profiling {
    /// Which operations are written down.
    pub level: ProfilingLevel,
    /// From which time on an operation is slow.
    pub slow_after: Duration,
    /// Which part of the slow operations is written down, 0 to 1.
    pub sample_rate: f64,
    /// Which operations are written down, instead of those that are slow.
    pub filter: Option<Document>,
}

impl Profiling {
    fn of_reply(reply: &Document) -> Self {
        let number = |key| match reply.get(key) {
            Some(Bson::Int32(number)) => f64::from(*number),
            Some(Bson::Int64(number)) => *number as f64,
            Some(Bson::Double(number)) => *number,
            _ => 0.0,
        };
        let level = match number("was") as i64 {
            0 => ProfilingLevel::Off,
            1 => ProfilingLevel::Slow,
            _ => ProfilingLevel::All,
        };
        Self {
            level,
            // A negative threshold makes every operation slow.
            slow_after: Duration::from_millis(number("slowms").max(0.0) as u64),
            sample_rate: number("sampleRate"),
            filter: reply.get_document("filter").ok().cloned(),
        }
    }
}

impl Database {
    /// How the profiler of this database is set.
    ///
    /// # Errors
    ///
    /// When the server refuses it (a sharded cluster's routers have no profiler) or cannot be reached.
    pub async fn profiling(&self) -> Result<Profiling> {
        Ok(Profiling::of_reply(&self.run_command(doc! { "profile": -1 }).await?))
    }

    /// Sets the profiler of this database, and gives how it was set before.
    pub fn set_profiling(&self, level: ProfilingLevel) -> SetProfiling {
        let command = doc! { "profile": level.number() };
        SetProfiling { database: self.clone(), command }
    }

    /// What the profiler wrote down: documents of `system.profile`, oldest first, as long as that capped collection of
    /// 1 MB keeps them.
    pub fn profiling_info<'a>(&self) -> Find<'a, Document> {
        self.collection_named::<Document>("system.profile").find(Filter::everything())
    }
}

/// Sets the profiler; see [`Database::set_profiling`].
///
/// # Errors
///
/// When the server refuses it or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct SetProfiling {
    database: Database,
    command: Document,
}

impl SetProfiling {
    /// From which time on an operation is slow, in whole milliseconds. It holds for all databases of the server.
    pub fn slow_after(mut self, time: Duration) -> Self {
        self.command.insert("slowms", i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        self
    }

    /// Which part of the slow operations is written down, 0 to 1.
    pub fn sample_rate(mut self, rate: f64) -> Self {
        self.command.insert("sampleRate", rate);
        self
    }

    /// Which operations are written down, instead of those that are slow: `doc! { "op": "remove" }`. An empty document
    /// takes the filter away.
    pub fn filter(mut self, filter: Document) -> Self {
        let filter = if filter.is_empty() { Bson::from("unset") } else { filter.into() };
        self.command.insert("filter", filter);
        self
    }

    async fn run(self) -> Result<Profiling> {
        Ok(Profiling::of_reply(&self.database.run_command(self.command).await?))
    }
}

awaitable!(SetProfiling in [database] => Profiling);
