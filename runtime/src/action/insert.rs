//! Inserting one document.

use mongodb::{
    bson::{Bson, RawDocumentBuf, oid::ObjectId},
    options::InsertOneOptions,
};

use super::{action, in_any_session, options::setters};
use crate::{
    Collection, Session,
    codec::{DecodeOwned, DocumentReader, EncodeDocument, decode_bson, encode_with, into_raw},
    error::{Error, Result},
    model::{Record, Whole},
};

/// The largest document that a server stores, in bytes.
pub(super) const MAX_DOCUMENT: usize = 16 * 1024 * 1024;

/// Inserts a document; see [`Collection::insert`].
///
/// Gives the `_id`. A model whose `_id` is optional gets one from the client when it has none.
///
/// # Errors
///
/// [Duplicate key](Error::is_duplicate_key) when a unique index refuses it, [encode](Error::is_encode) when a value
/// cannot be stored, [write](Error::is_write) when the collection's validator refuses it.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Insert<'a, D> {
    collection: Collection<D>,
    document: &'a D,
    options: InsertOneOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> Insert<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, document: &'a D) -> Self {
        Self { collection: collection.clone(), document, options: InsertOneOptions::default(), session: None }
    }

    setters!(session bypass_document_validation comment write_concern);

    async fn run(self) -> Result<D::Id>
    where
        D: Sync,
    {
        let (document, id) = encode_new(self.document, 256)?;
        in_any_session!(
            self.session,
            self.collection,
            self.collection.inner().insert_one(document).with_options(self.options)
        )?;
        Ok(id)
    }
}

action!(Insert<D> where [D: Record + Sync] => D::Id);

/// Encodes a new document and gives its `_id`, which it gets here when it has none.
pub(super) fn encode_new<D: Record>(document: &D, capacity: usize) -> Result<(RawDocumentBuf, D::Id)> {
    let bytes = encode_with(&Whole(document), Vec::with_capacity(capacity))?;
    match stored_id(&bytes)? {
        Some(id) => Ok((into_raw(bytes)?, id)),
        None => {
            let (bytes, id) = with_new_id(&bytes)?;
            Ok((into_raw(bytes)?, id))
        }
    }
}

/// The `_id` of an encoded document.
pub(super) fn stored_id<I: DecodeOwned>(bytes: &[u8]) -> Result<Option<I>> {
    let mut reader = DocumentReader::new(bytes)?;
    // Models write `_id` first; only a document of the caller's own may have it elsewhere.
    while let Some(index) = reader.next_known(&["_id"])? {
        if index == 0 {
            return Ok(Some(reader.value()?));
        }
    }
    Ok(None)
}

/// A document with an `_id` in front, which fits the type of the model's.
#[cold]
pub(super) fn with_new_id<I: DecodeOwned>(bytes: &[u8]) -> Result<(Vec<u8>, I)> {
    let id = ObjectId::new();
    let typed = decode_bson(&Bson::ObjectId(id)).map_err(|_| {
        Error::argument(
            "this document has no `_id`, and its type is no ObjectId: set it before you insert it",
        )
    })?;
    let with_id = WithId { id, fields: bytes.get(4..bytes.len() - 1).unwrap_or_default() };
    Ok((encode_with(&with_id, Vec::with_capacity(bytes.len() + 32))?, typed))
}

struct WithId<'a> {
    id: ObjectId,
    fields: &'a [u8],
}

impl EncodeDocument for WithId<'_> {
    fn encode_fields(&self, document: &mut crate::codec::DocumentWriter) {
        document.field("_id", &self.id);
        document.raw_fields(self.fields);
    }
}
