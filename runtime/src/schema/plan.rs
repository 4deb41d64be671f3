//! What a sync would do.

use std::fmt;

use mongodb::bson::Document;

use crate::index::IndexPlan;

/// What [`SyncCollections`](super::SyncCollections) would do, collection by collection; print it to show it to a person.
#[derive(Debug)]
#[non_exhaustive]
pub struct SchemaPlan {
    /// The collections, in the order of the fields; views last.
    pub collections: Vec<CollectionPlan>,
}

/// What a sync would do with one collection.
#[derive(Debug)]
#[non_exhaustive]
pub struct CollectionPlan {
    /// The name with the database.
    pub name: String,
    /// What it would do with the collection as such.
    pub step: CollectionStep,
    /// What it would do with the indexes; a view has none.
    pub indexes: Option<IndexPlan<Document>>,
    /// Whether it is declared as more than a plain collection.
    pub(super) is_special: bool,
    pub(super) carried_out: bool,
}

/// What to do about a collection as such.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CollectionStep {
    /// It is as it is declared; or no options are declared, and the first insert creates it.
    Keep,
    /// It is declared with options, or as a view, and not there.
    Create,
    /// It is there with other options, which can be changed.
    Change {
        /// What differs, in words.
        differences: Vec<String>,
    },
    /// It is there with other options, which cannot be changed.
    Fixed {
        /// What differs, in words.
        differences: Vec<String>,
        /// Whether it will be dropped with its documents, and created anew. Otherwise a sync is an error.
        recreate: bool,
    },
    /// It is there with options that are not declared. They stay, unless dropping was asked for and they can be taken off.
    Unknown {
        /// Their names.
        options: Vec<String>,
    },
}

impl SchemaPlan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.collections.iter().all(CollectionPlan::is_done)
    }
}

impl CollectionPlan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.step, CollectionStep::Keep | CollectionStep::Unknown { .. })
            && self.indexes.as_ref().is_none_or(IndexPlan::is_done)
    }
}

impl fmt::Display for SchemaPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, plan) in self.collections.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            plan.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for CollectionPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [keep, create, change, recreate] = match self.carried_out {
            false => ["keep", "create", "change", "drop and create anew"],
            true => ["kept", "created", "changed", "dropped and created anew"],
        };
        match &self.step {
            CollectionStep::Keep if !self.is_special => {}
            CollectionStep::Keep => write!(f, "{keep} {}", self.name)?,
            CollectionStep::Create => write!(f, "{create} {}", self.name)?,
            CollectionStep::Change { differences } => {
                write!(f, "{change} {}: {}", self.name, differences.join(", "))?;
            }
            CollectionStep::Fixed { differences, recreate: false } => {
                write!(f, "{} cannot be changed: {}", self.name, differences.join(", "))?;
            }
            CollectionStep::Fixed { differences, .. } => {
                write!(f, "{recreate} {}: {}", self.name, differences.join(", "))?;
            }
            CollectionStep::Unknown { options } => {
                write!(f, "unknown options of {}: {} (not declared; stay)", self.name, options.join(", "))?;
            }
        }
        match &self.indexes {
            Some(indexes) if self.step == CollectionStep::Keep && !self.is_special => indexes.fmt(f),
            Some(indexes) => write!(f, "\n{indexes}"),
            None => Ok(()),
        }
    }
}
