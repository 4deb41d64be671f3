//! How the server carries out an operation: which index, how much work.
//!
//! `find`, `count`, `update_one`, `update_many` and the deletes have `explain()`:
//!
//! ```no_run
//! # use odmium::prelude::*;
//! # #[derive(Document)]
//! # #[document(collection = "users")]
//! # struct User { id: Id<User>, #[field(index)] age: i32 }
//! # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
//! let plan = users.find(User.age.gte(18)).sort(User.age.asc()).explain().await?;
//! println!("{plan}");
//! assert!(plan.uses_index(UserIndex::Age) && !plan.is_collection_scan() && !plan.sorts_in_memory());
//! # Ok(()) }
//! ```

mod plan;

use std::{fmt, time::Duration};

use mongodb::{bson::Document, options::Hint};

use self::plan::{Plan, Work};
use crate::{action::IntoHint, index::default_name};

/// How much an explanation tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verbosity {
    /// The plan that was chosen; the operation does not run.
    QueryPlanner,
    /// Also how much work it was: the operation runs, though an update or delete changes nothing.
    #[default]
    ExecutionStats,
    /// Also how the plans that were not chosen did in their trial.
    AllPlansExecution,
}

impl Verbosity {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::QueryPlanner => "queryPlanner",
            Self::ExecutionStats => "executionStats",
            Self::AllPlansExecution => "allPlansExecution",
        }
    }
}

/// What the server says about an operation. Its `Display` is a few lines to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    reply: Document,
    plan: Plan,
    work: Option<Work>,
}

impl Explanation {
    pub(crate) fn new(reply: Document) -> Self {
        Self { plan: Plan::read(&reply), work: Work::read(&reply), reply }
    }

    /// The stages of the plan, the last one first: `FETCH`, `IXSCAN`. Stages of an aggregation have their `$name`.
    #[must_use]
    pub fn stages(&self) -> &[String] {
        &self.plan.stages
    }

    /// The names of the indexes in use; `_id_` for a search by `_id`.
    pub fn indexes(&self) -> impl Iterator<Item = &str> {
        self.plan.indexes.iter().map(|(name, _)| name.as_str())
    }

    /// Whether an index is in use: a variant of the model's index enum, a name, or a document of keys.
    #[must_use]
    pub fn uses_index(&self, index: impl IntoHint) -> bool {
        let name = match index.into_hint() {
            Hint::Name(name) => name,
            Hint::Keys(keys) => {
                return self.plan.indexes.iter().any(|(name, pattern)| match pattern {
                    Some(pattern) => *pattern == keys,
                    None => *name == default_name(&keys),
                });
            }
            _ => return false,
        };
        self.indexes().any(|used| used == name)
    }

    /// Whether it reads the whole collection.
    #[must_use]
    pub fn is_collection_scan(&self) -> bool {
        self.has_stage("COLLSCAN")
    }

    /// Whether it sorts in memory, as no index has the order.
    #[must_use]
    pub fn sorts_in_memory(&self) -> bool {
        self.has_stage("SORT") || self.has_stage("$sort")
    }

    fn has_stage(&self, stage: &str) -> bool {
        self.plan.stages.iter().any(|other| other == stage)
    }

    /// How many documents it found; none by [`Verbosity::QueryPlanner`].
    #[must_use]
    pub fn returned(&self) -> Option<u64> {
        self.work.as_ref().map(|work| work.returned)
    }

    /// How many documents an update would change or insert, or a delete would delete.
    #[must_use]
    pub fn would_change(&self) -> Option<u64> {
        self.work.as_ref().map(|work| work.would_change)
    }

    /// How many entries of indexes it read.
    #[must_use]
    pub fn keys_examined(&self) -> Option<u64> {
        self.work.as_ref().map(|work| work.keys)
    }

    /// How many documents it read.
    #[must_use]
    pub fn documents_examined(&self) -> Option<u64> {
        self.work.as_ref().map(|work| work.documents)
    }

    /// How long it took, in whole milliseconds; on a sharded cluster, the slowest shard.
    #[must_use]
    pub fn time(&self) -> Option<Duration> {
        self.work.as_ref().map(|work| Duration::from_millis(work.millis))
    }

    /// The server's whole reply.
    #[must_use]
    pub fn raw(&self) -> &Document {
        &self.reply
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from_inside: Vec<&str> = self.plan.stages.iter().rev().map(String::as_str).collect();
        writeln!(f, "plan of {}: {}", self.plan.namespace, from_inside.join(" > "))?;
        let indexes: Vec<&str> = self.indexes().collect();
        let indexes = if indexes.is_empty() { "none".to_owned() } else { indexes.join(", ") };
        write!(f, "  index     {indexes}")?;
        if let Some(work) = &self.work {
            writeln!(f, "\n  examined  {} keys, {} documents", work.keys, work.documents)?;
            match work.would_change {
                0 => writeln!(f, "  returned  {}", work.returned)?,
                changes => writeln!(f, "  changes   {changes}")?,
            }
            write!(f, "  time      {} ms", work.millis)?;
        }
        Ok(())
    }
}
