//! What kind of change an event tells of.

/// The kind of an event, by the name that the server gives it in `operationType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationType {
    /// A document was inserted.
    Insert,
    /// Fields of a document were changed.
    Update,
    /// A document was replaced by another one with its `_id`.
    Replace,
    /// A document was deleted.
    Delete,
    /// A collection was dropped.
    Drop,
    /// A collection got another name.
    Rename,
    /// A database was dropped.
    DropDatabase,
    /// What the stream watches is gone: the stream ends.
    Invalidate,
    /// A collection or view was created. From here on, events are [expanded](crate::action::Watch::show_expanded_events).
    Create,
    /// Indexes were created.
    CreateIndexes,
    /// Indexes were dropped.
    DropIndexes,
    /// Options of a collection were changed.
    Modify,
    /// A collection was sharded.
    ShardCollection,
    /// Fields were added to a shard key.
    RefineCollectionShardKey,
    /// A collection got another shard key.
    ReshardCollection,
}

impl OperationType {
    const ALL: [Self; 15] = [
        Self::Insert,
        Self::Update,
        Self::Replace,
        Self::Delete,
        Self::Drop,
        Self::Rename,
        Self::DropDatabase,
        Self::Invalidate,
        Self::Create,
        Self::CreateIndexes,
        Self::DropIndexes,
        Self::Modify,
        Self::ShardCollection,
        Self::RefineCollectionShardKey,
        Self::ReshardCollection,
    ];

    /// Its name on the server, such as `insert`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Delete => "delete",
            Self::Drop => "drop",
            Self::Rename => "rename",
            Self::DropDatabase => "dropDatabase",
            Self::Invalidate => "invalidate",
            Self::Create => "create",
            Self::CreateIndexes => "createIndexes",
            Self::DropIndexes => "dropIndexes",
            Self::Modify => "modify",
            Self::ShardCollection => "shardCollection",
            Self::RefineCollectionShardKey => "refineCollectionShardKey",
            Self::ReshardCollection => "reshardCollection",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl std::fmt::Display for OperationType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
