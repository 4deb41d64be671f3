//! What every event tells beside the change itself.

use std::fmt;

use mongodb::bson::{DateTime, Document, Timestamp, Uuid};

/// When, where and by whom a change was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    pub(super) cluster_time: Option<Timestamp>,
    pub(super) wall_time: Option<DateTime>,
    pub(super) namespace: Option<Namespace>,
    pub(super) rare: Option<Box<Rare>>,
}

/// What few events have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rare {
    pub(super) lsid: Option<Document>,
    pub(super) txn_number: Option<i64>,
    pub(super) collection_uuid: Option<Uuid>,
    pub(super) document_key: Option<Document>,
}

impl Info {
    /// The time of the change by the clock of the deployment. The changes of one transaction have the same.
    ///
    /// `None` when a stage has removed it, as all the others here.
    #[must_use]
    pub fn cluster_time(&self) -> Option<Timestamp> {
        self.cluster_time
    }

    /// The time of the change on the clock of the server (from MongoDB 6.0 on).
    #[must_use]
    pub fn wall_time(&self) -> Option<DateTime> {
        self.wall_time
    }

    /// The database and collection. The event that ends a stream has none.
    #[must_use]
    pub fn namespace(&self) -> Option<&Namespace> {
        self.namespace.as_ref()
    }

    /// The session of the transaction that made the change, as in [`Session::id`](crate::Session::id); `None` outside of
    /// transactions.
    #[must_use]
    pub fn lsid(&self) -> Option<&Document> {
        self.rare.as_ref()?.lsid.as_ref()
    }

    /// The number of the transaction in its session; `None` outside of transactions.
    #[must_use]
    pub fn txn_number(&self) -> Option<i64> {
        self.rare.as_ref()?.txn_number
    }

    /// The collection's own id, in [expanded](crate::action::Watch::show_expanded_events) events.
    #[must_use]
    pub fn collection_uuid(&self) -> Option<Uuid> {
        self.rare.as_ref()?.collection_uuid
    }

    /// The shard key of the document together with its `_id`; `None` when `_id` alone is the key.
    #[must_use]
    pub fn document_key(&self) -> Option<&Document> {
        self.rare.as_ref()?.document_key.as_ref()
    }
}

/// The name of a collection with that of its database, or of a database alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Namespace {
    name: Box<str>,
    /// How long the name of the database is.
    database: usize,
}

impl Namespace {
    pub(super) fn new(database: &str, collection: Option<&str>) -> Self {
        let mut name = String::with_capacity(database.len() + collection.map_or(0, |name| name.len() + 1));
        name.push_str(database);
        if let Some(collection) = collection {
            name.push('.');
            name.push_str(collection);
        }
        Self { name: name.into(), database: database.len() }
    }

    /// The name of the database.
    #[must_use]
    pub fn database(&self) -> &str {
        self.name.get(..self.database).unwrap_or_default()
    }

    /// The name of the collection; `None` when a database as a whole is meant.
    #[must_use]
    pub fn collection(&self) -> Option<&str> {
        self.name.get(self.database + 1..)
    }
}

/// `database.collection`.
impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Namespace").field(&self.name).finish()
    }
}
