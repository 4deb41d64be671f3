//! The events of a stream.

use mongodb::bson::{Document, RawDocumentBuf};

use super::{Changes, Info, Namespace, NoImage, OperationType};
use crate::model::Record;

/// One change, typed by the model `D` of the collection.
///
/// `After` and `Before` are the document after an update and before a change: [`NoImage`], unless the stream
/// [asks for them](crate::action::Watch::full_document).
///
/// Match with `..`, and with a last arm `_`: servers get new kinds of events, and these new fields.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event<D: Record, After = NoImage, Before = NoImage> {
    /// A document was inserted.
    Inserted {
        /// Its `_id`.
        id: D::Id,
        /// The document as it was inserted.
        document: D,
        /// When and where.
        info: Info,
    },
    /// Fields of a document were changed.
    Updated {
        /// Its `_id`.
        id: D::Id,
        /// Which fields, and what to.
        changes: Changes<D>,
        /// The document after the change, by the mode that was asked for.
        document: After,
        /// The document before the change.
        before: Before,
        /// When and where.
        info: Info,
    },
    /// A document was replaced by another one.
    Replaced {
        /// The `_id` of both.
        id: D::Id,
        /// The new document.
        document: D,
        /// The document before the change.
        before: Before,
        /// When and where.
        info: Info,
    },
    /// A document was deleted.
    Deleted {
        /// Its `_id`.
        id: D::Id,
        /// The document as it was.
        before: Before,
        /// When and where.
        info: Info,
    },
    /// The collection was dropped. A stream on it gives [`Invalidated`](Self::Invalidated) next.
    Dropped {
        /// When and where.
        info: Info,
    },
    /// The collection got another name. A stream on it gives [`Invalidated`](Self::Invalidated) next.
    Renamed {
        /// Its name from here on.
        to: Namespace,
        /// The names again, and the [UUID](mongodb::bson::Uuid) of a collection that was dropped for it as `dropTarget` (expanded
        /// events; else empty).
        description: Document,
        /// When, and the name before.
        info: Info,
    },
    /// The database was dropped, after each of its collections. A stream on it gives [`Invalidated`](Self::Invalidated)
    /// next.
    DatabaseDropped {
        /// When and where.
        info: Info,
    },
    /// What the stream watches is gone, and the stream ends. Another one that is opened
    /// [after it](crate::action::Watch::start_after) goes on when the collection is there again.
    Invalidated {
        /// When.
        info: Info,
    },
    /// A collection, view or time series was created (expanded events).
    Created {
        /// Its options.
        description: Document,
        /// When and where.
        info: Info,
    },
    /// Indexes were created (expanded events).
    IndexesCreated {
        /// Their definitions.
        indexes: Vec<Document>,
        /// When and where.
        info: Info,
    },
    /// Indexes were dropped (expanded events).
    IndexesDropped {
        /// Their definitions.
        indexes: Vec<Document>,
        /// When and where.
        info: Info,
    },
    /// Options of the collection or of an index were changed (expanded events).
    Modified {
        /// What was changed.
        description: Document,
        /// When and where.
        info: Info,
    },
    /// The collection was sharded (expanded events).
    Sharded {
        /// The shard key with all options.
        description: Document,
        /// When and where.
        info: Info,
    },
    /// Fields were added to the shard key (expanded events).
    ShardKeyRefined {
        /// The shard key, and the one before.
        description: Document,
        /// When and where.
        info: Info,
    },
    /// The collection got another shard key (expanded events).
    Resharded {
        /// The shard key, and the one before.
        description: Document,
        /// When and where.
        info: Info,
    },
    /// A kind that this version does not know, or a fragment of a large event that a stage has split.
    Other {
        /// All of it.
        event: RawDocumentBuf,
        /// When and where.
        info: Info,
    },
}

impl<D: Record, After, Before> Event<D, After, Before> {
    /// When, where and by whom the change was made.
    #[must_use]
    pub fn info(&self) -> &Info {
        match self {
            Self::Inserted { info, .. }
            | Self::Updated { info, .. }
            | Self::Replaced { info, .. }
            | Self::Deleted { info, .. }
            | Self::Dropped { info }
            | Self::Renamed { info, .. }
            | Self::DatabaseDropped { info }
            | Self::Invalidated { info }
            | Self::Created { info, .. }
            | Self::IndexesCreated { info, .. }
            | Self::IndexesDropped { info, .. }
            | Self::Modified { info, .. }
            | Self::Sharded { info, .. }
            | Self::ShardKeyRefined { info, .. }
            | Self::Resharded { info, .. }
            | Self::Other { info, .. } => info,
        }
    }

    /// The `_id` of the document, for events that are about one.
    #[must_use]
    pub fn id(&self) -> Option<&D::Id> {
        match self {
            Self::Inserted { id, .. }
            | Self::Updated { id, .. }
            | Self::Replaced { id, .. }
            | Self::Deleted { id, .. } => Some(id),
            _ => None,
        }
    }

    /// The kind of the event; `None` for [`Other`](Self::Other).
    #[must_use]
    pub fn operation_type(&self) -> Option<OperationType> {
        Some(match self {
            Self::Inserted { .. } => OperationType::Insert,
            Self::Updated { .. } => OperationType::Update,
            Self::Replaced { .. } => OperationType::Replace,
            Self::Deleted { .. } => OperationType::Delete,
            Self::Dropped { .. } => OperationType::Drop,
            Self::Renamed { .. } => OperationType::Rename,
            Self::DatabaseDropped { .. } => OperationType::DropDatabase,
            Self::Invalidated { .. } => OperationType::Invalidate,
            Self::Created { .. } => OperationType::Create,
            Self::IndexesCreated { .. } => OperationType::CreateIndexes,
            Self::IndexesDropped { .. } => OperationType::DropIndexes,
            Self::Modified { .. } => OperationType::Modify,
            Self::Sharded { .. } => OperationType::ShardCollection,
            Self::ShardKeyRefined { .. } => OperationType::RefineCollectionShardKey,
            Self::Resharded { .. } => OperationType::ReshardCollection,
            Self::Other { .. } => return None,
        })
    }
}
