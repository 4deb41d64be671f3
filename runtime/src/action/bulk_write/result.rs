//! What a bulk write did.

use mongodb::bson::Bson;

/// What a bulk write did; of one that failed, what it did before and beside the failure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkWriteResult<Id = Bson> {
    /// How many documents were inserted by inserts.
    pub inserted: u64,
    /// How many documents updates and replacements matched.
    pub matched: u64,
    /// How many of them were changed; those that had the new values already are not counted.
    pub modified: u64,
    /// How many documents were deleted.
    pub deleted: u64,
    /// How many documents were inserted by updates and replacements because none matched.
    pub upserted: u64,
    /// For each insert that was carried out, its position among the writes and the `_id`, in the order of the writes.
    pub inserted_ids: Vec<(usize, Id)>,
    /// For each upsert that inserted, its position among the writes and the `_id`, in the order of the writes.
    pub upserted_ids: Vec<(usize, Id)>,
}

impl<Id> Default for BulkWriteResult<Id> {
    fn default() -> Self {
        Self {
            inserted: 0,
            matched: 0,
            modified: 0,
            deleted: 0,
            upserted: 0,
            inserted_ids: Vec::new(),
            upserted_ids: Vec::new(),
        }
    }
}

impl<Id> BulkWriteResult<Id> {
    /// The same with the ids as another type.
    pub(super) fn try_map<T, E>(self, id: impl Fn(Id) -> Result<T, E>) -> Result<BulkWriteResult<T>, E> {
        let map = |ids: Vec<(usize, Id)>| {
            ids.into_iter().map(|(index, it)| Ok((index, id(it)?))).collect::<Result<Vec<_>, E>>()
        };
        let Self { inserted, matched, modified, deleted, upserted, inserted_ids, upserted_ids } = self;
        let (inserted_ids, upserted_ids) = (map(inserted_ids)?, map(upserted_ids)?);
        Ok(BulkWriteResult { inserted, matched, modified, deleted, upserted, inserted_ids, upserted_ids })
    }
}
