//! Where the collections of a program are.

use std::time::Duration;

use mongodb::options::{ReadConcern, SelectionCriteria, WriteConcern};

use super::Entry;
use crate::{Collection, Database, model::Record};

/// A database, and what the names of the collections in it begin with; made by [`Database::prefixed`].
#[derive(Clone, Debug)]
pub struct Place {
    database: Database,
    prefix: String,
    /// What is there.
    members: &'static [Entry],
}

impl Database {
    /// A place in this database for a [`Schema`](super::Schema) whose collections have a prefix to their names.
    ///
    /// The prefix is part of the names of collections and buckets, of those that relations load from and rules for deleting
    /// look at, and of those that pipelines of these collections read and write by their models, such as `lookup` and
    /// `merge`. Names in raw stages, and those that you give yourself, are sent as they are.
    #[must_use]
    pub fn prefixed(&self, prefix: impl Into<String>) -> Place {
        Place { database: self.clone(), prefix: prefix.into(), members: &[] }
    }
}

impl Place {
    /// The database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What the names of its collections begin with.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(super) fn collection<D: Record>(&self, name: &str) -> Collection<D> {
        let mut collection = self.database.collection_named(&self.name(name));
        collection.scope_mut().set_neighbours(&self.prefix, self.members);
        collection
    }

    /// The same, for these members.
    pub(super) fn of(self, members: &'static [Entry]) -> Self {
        Self { members, ..self }
    }

    pub(super) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The place of a nested struct: another database of the client, if it names one, and a prefix behind this one.
    pub(super) fn nested(&self, settings: &Settings, members: &'static [Entry]) -> Self {
        let database = match settings.database {
            None => self.database.clone(),
            Some(name) => self.database.client().database(name),
        };
        Self { database, prefix: self.name(settings.prefix.unwrap_or_default()), members }
    }
}

impl From<Database> for Place {
    fn from(database: Database) -> Self {
        Self { database, prefix: String::new(), members: &[] }
    }
}

impl From<&Database> for Place {
    fn from(database: &Database) -> Self {
        database.clone().into()
    }
}

/// What the attribute on a field says.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub(super) name: Option<&'static str>,
    pub(super) database: Option<&'static str>,
    pub(super) prefix: Option<&'static str>,
    pub(super) read_concern: Option<ReadConcern>,
    pub(super) write_concern: Option<WriteConcern>,
    pub(super) selection_criteria: Option<SelectionCriteria>,
    pub(super) timeout: Option<Duration>,
}

impl Settings {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn collection(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    #[must_use]
    pub fn bucket(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    #[must_use]
    pub fn database(self, name: &'static str) -> Self {
        Self { database: Some(name), ..self }
    }

    #[must_use]
    pub fn prefix(self, prefix: &'static str) -> Self {
        Self { prefix: Some(prefix), ..self }
    }

    #[must_use]
    pub fn read_concern(self, concern: ReadConcern) -> Self {
        Self { read_concern: Some(concern), ..self }
    }

    #[must_use]
    pub fn write_concern(self, concern: WriteConcern) -> Self {
        Self { write_concern: Some(concern), ..self }
    }

    #[must_use]
    pub fn selection_criteria(self, criteria: impl Into<SelectionCriteria>) -> Self {
        Self { selection_criteria: Some(criteria.into()), ..self }
    }

    #[must_use]
    pub fn timeout(self, limit: Duration) -> Self {
        Self { timeout: Some(limit), ..self }
    }
}
