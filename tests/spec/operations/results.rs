//! Results of this crate in the words of the specification.

use odmium::{
    action::{BulkWriteResult, UpdateResult},
    bson::{Bson, Document, doc},
    error::{WriteConcernFailure, WriteFailure},
};

fn count(number: u64) -> Bson {
    Bson::Int64(i64::try_from(number).unwrap_or(i64::MAX))
}

pub fn update<Id>(result: UpdateResult<Id>, id: impl Fn(Id) -> Bson) -> Document {
    let mut document = doc! {
        "matchedCount": count(result.matched),
        "modifiedCount": count(result.modified),
        "upsertedCount": i32::from(result.upserted_id.is_some()),
    };
    document.extend(result.upserted_id.map(|upserted| ("upsertedId".to_owned(), id(upserted))));
    document
}

pub fn deleted(number: u64) -> Document {
    doc! { "deletedCount": count(number) }
}

pub fn number(number: u64) -> Bson {
    count(number)
}

/// Ids by the positions of their writes.
pub fn ids(ids: impl IntoIterator<Item = (usize, Bson)>) -> Document {
    ids.into_iter().map(|(index, id)| (index.to_string(), id)).collect()
}

pub fn bulk(result: BulkWriteResult<Bson>) -> Document {
    doc! {
        "insertedCount": count(result.inserted),
        "matchedCount": count(result.matched),
        "modifiedCount": count(result.modified),
        "deletedCount": count(result.deleted),
        "upsertedCount": count(result.upserted),
        "insertedIds": ids(result.inserted_ids),
        "upsertedIds": ids(result.upserted_ids),
    }
}

pub fn write_failure(failure: &WriteFailure) -> Document {
    let mut document = doc! { "code": failure.code, "message": &failure.message };
    document.extend(failure.details.clone().map(|details| ("details".to_owned(), Bson::Document(details))));
    document
}

pub fn concern_failure(failure: &WriteConcernFailure) -> Bson {
    Bson::Document(doc! { "code": failure.code, "message": &failure.message })
}
