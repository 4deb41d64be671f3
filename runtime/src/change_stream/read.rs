//! From the bytes of an event to its type.

use mongodb::bson::{Document, RawDocumentBuf};

use super::{Changes, Event, Image, Info, Namespace, OperationType, info::Rare};
use crate::{
    codec::{Decode, DecodeOwned, RawValue},
    error::DecodeError,
    model::Record,
};

macro_rules! parts {
    ($($part:ident = $key:literal,)*) => {
        /// What an event is made of.
        #[derive(Default)]
        struct Parts<'de> {
            $($part: Option<RawValue<'de>>,)*
        }

        impl<'de> Parts<'de> {
            #[inline]
            fn read(event: RawValue<'de>) -> Result<Self, DecodeError> {
                // The order in which the server writes them, which makes them found at once.
                const KEYS: &[&str] = &[$($key),*];
                #[expect(non_camel_case_types, reason = "the names of the fields")]
                enum Part { $($part),* }
                let mut parts = Self::default();
                let mut fields = event.document()?;
                while let Some(index) = fields.next_known(KEYS)? {
                    let value = Some(fields.raw());
                    $(if index == Part::$part as usize {
                        parts.$part = value;
                        continue;
                    })*
                }
                Ok(parts)
            }
        }
    };
}

parts! {
    token = "_id",
    kind = "operationType",
    cluster_time = "clusterTime",
    collection_uuid = "collectionUUID",
    wall_time = "wallTime",
    document = "fullDocument",
    namespace = "ns",
    key = "documentKey",
    changes = "updateDescription",
    before = "fullDocumentBeforeChange",
    to = "to",
    description = "operationDescription",
    txn_number = "txnNumber",
    lsid = "lsid",
    split = "splitEvent",
}

impl<'de, D, After, Before> Decode<'de> for Event<D, After, Before>
where
    D: Record + DecodeOwned,
    After: Image<D>,
    Before: Image<D>,
{
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let parts = Parts::read(value)?;
        let result = event(&parts, value);
        result.map_err(|mut error| {
            // That of the document tells more than the token, which is the `_id` of the event.
            error.set_document(parts.key.and_then(|key| Document::decode(key).ok()?.remove("_id")));
            error
        })
    }
}

fn event<D, After, Before>(
    parts: &Parts<'_>,
    whole: RawValue<'_>,
) -> Result<Event<D, After, Before>, DecodeError>
where
    D: Record + DecodeOwned,
    After: Image<D>,
    Before: Image<D>,
{
    let (id, info) = parts.id_and_info::<D::Id>()?;
    let kind = match parts.kind {
        None if parts.split.is_none() => return Err(removed("operationType")),
        Some(kind) if parts.split.is_none() => OperationType::from_name(kind.str()?),
        _ => None,
    };
    let id = || id.ok_or_else(|| removed("documentKey"));
    let document = || required(parts.document, "fullDocument");
    let before = || Before::read(parts.before).map_err(|error| error.at("fullDocumentBeforeChange"));
    let description = || parts.description.map_or(Ok(Document::new()), Document::decode);
    Ok(match kind {
        Some(OperationType::Insert) => Event::Inserted { id: id()?, document: document()?, info },
        Some(OperationType::Update) => Event::Updated {
            id: id()?,
            changes: Changes::new(required(parts.changes, "updateDescription")?),
            document: After::read(parts.document).map_err(|error| error.at("fullDocument"))?,
            before: before()?,
            info,
        },
        Some(OperationType::Replace) => {
            Event::Replaced { id: id()?, document: document()?, before: before()?, info }
        }
        Some(OperationType::Delete) => Event::Deleted { id: id()?, before: before()?, info },
        Some(OperationType::Drop) => Event::Dropped { info },
        Some(OperationType::Rename) => Event::Renamed {
            to: namespace(parts.to)?.ok_or_else(|| removed("to"))?,
            description: description()?,
            info,
        },
        Some(OperationType::DropDatabase) => Event::DatabaseDropped { info },
        Some(OperationType::Invalidate) => Event::Invalidated { info },
        Some(OperationType::Create) => Event::Created { description: description()?, info },
        Some(OperationType::CreateIndexes) => Event::IndexesCreated { indexes: parts.indexes()?, info },
        Some(OperationType::DropIndexes) => Event::IndexesDropped { indexes: parts.indexes()?, info },
        Some(OperationType::Modify) => Event::Modified { description: description()?, info },
        Some(OperationType::ShardCollection) => Event::Sharded { description: description()?, info },
        Some(OperationType::RefineCollectionShardKey) => {
            Event::ShardKeyRefined { description: description()?, info }
        }
        Some(OperationType::ReshardCollection) => Event::Resharded { description: description()?, info },
        None => Event::Other { event: RawDocumentBuf::decode(whole)?, info },
    })
}

impl Parts<'_> {
    fn id_and_info<I: DecodeOwned>(&self) -> Result<(Option<I>, Info), DecodeError> {
        let mut id = None;
        let mut rare = Rare::default();
        let mut is_rare = false;
        if let Some(key) = self.key {
            let mut fields = key.document()?;
            while let Some((name, value)) = fields.next_entry()? {
                match name {
                    "_id" => id = Some(I::decode(value).map_err(|error| error.at("_id").at("documentKey"))?),
                    _ => is_rare = true,
                }
            }
            if is_rare {
                rare.document_key = Some(Document::decode(key)?);
            }
        }
        if self.lsid.is_some() || self.txn_number.is_some() || self.collection_uuid.is_some() {
            is_rare = true;
            rare.lsid = optional(self.lsid, "lsid")?;
            rare.txn_number = optional(self.txn_number, "txnNumber")?;
            rare.collection_uuid = optional(self.collection_uuid, "collectionUUID")?;
        }
        let info = Info {
            cluster_time: optional(self.cluster_time, "clusterTime")?,
            wall_time: optional(self.wall_time, "wallTime")?,
            namespace: namespace(self.namespace)?,
            rare: is_rare.then(|| Box::new(rare)),
        };
        Ok((id, info))
    }

    fn indexes(&self) -> Result<Vec<Document>, DecodeError> {
        let Some(description) = self.description else { return Ok(Vec::new()) };
        let mut fields = description.document()?;
        while let Some((key, value)) = fields.next_entry()? {
            if key == "indexes" {
                return Vec::decode(value).map_err(|error| error.at("indexes").at("operationDescription"));
            }
        }
        Ok(Vec::new())
    }
}

fn namespace(value: Option<RawValue<'_>>) -> Result<Option<Namespace>, DecodeError> {
    let Some(value) = value else { return Ok(None) };
    let (mut database, mut collection) = (None, None);
    let mut fields = value.document().map_err(|error| error.at("ns"))?;
    while let Some((key, value)) = fields.next_entry()? {
        match key {
            "db" => database = Some(value.str().map_err(|error| error.at("db").at("ns"))?),
            "coll" => collection = Some(value.str().map_err(|error| error.at("coll").at("ns"))?),
            _ => {}
        }
    }
    Ok(database.map(|database| Namespace::new(database, collection)))
}

fn optional<T: DecodeOwned>(
    value: Option<RawValue<'_>>,
    key: &'static str,
) -> Result<Option<T>, DecodeError> {
    value.map(|value| T::decode(value).map_err(|error| error.at(key))).transpose()
}

fn required<T: DecodeOwned>(value: Option<RawValue<'_>>, key: &'static str) -> Result<T, DecodeError> {
    optional(value, key)?.ok_or_else(|| removed(key))
}

#[cold]
fn removed(key: &'static str) -> DecodeError {
    let reason = "a stage of the stream has removed it from the event: leave it, or read the events with `raw()` or `as_type()`";
    DecodeError::custom(reason).at(key)
}
