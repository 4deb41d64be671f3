//! What a sync of a schema would do.

use std::fmt;

use mongodb::bson::Document;

use crate::index::IndexPlan;

/// What [`SyncSchema`](super::SyncSchema) would do, collection by collection; print it to show it to a person.
#[derive(Debug)]
#[non_exhaustive]
pub struct SchemaPlan {
    /// The collections, in the order of the fields.
    pub collections: Vec<CollectionPlan>,
}

/// What a sync would do with one collection.
#[derive(Debug)]
#[non_exhaustive]
pub struct CollectionPlan {
    /// The name with the database.
    pub name: String,
    /// What it would do with the indexes.
    pub indexes: IndexPlan<Document>,
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
        self.indexes.is_done()
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
        self.indexes.fmt(f)
    }
}
