//! Typed events of change streams, turned back into what the server has sent: nothing of it may be lost.

use odmium::{
    ChangeStream, Record, Result,
    bson::{Bson, Document, doc},
    change_stream::{Event, Namespace},
    codec::{DecodeOwned, Encode, decode, encode_to_bson},
    prelude::*,
};

use crate::cursors::Documents;

/// The shape of all documents that the tests watch.
#[derive(Clone, Debug, Document)]
#[document(collection = "watched")]
pub struct Watched {
    id: Bson,
    a: Option<Bson>,
    array: Option<Vec<Bson>>,
    x: Option<Bson>,
    y: Option<i32>,
    z: Option<i32>,
}

/// A stream of typed events that gives them as documents.
pub struct Typed<'s, D: Record>(pub ChangeStream<'s, Event<D>>);

impl<D> Documents for Typed<'_, D>
where
    D: Record + DecodeOwned + Encode + Send + 'static,
    D::Id: Encode + Send,
{
    type Item = Document;

    async fn next(&mut self) -> Result<Option<Document>> {
        let event = self.0.try_next().await?;
        event.map(|event| self.document(event)).transpose()
    }

    async fn once(&mut self) -> Result<Option<Document>> {
        let event = self.0.next_if_any().await?;
        event.map(|event| self.document(event)).transpose()
    }
}

impl<D> Typed<'_, D>
where
    D: Record + DecodeOwned + Encode + Send + 'static,
    D::Id: Encode + Send,
{
    /// The event that was read last.
    fn document(&self, event: Event<D>) -> Result<Document> {
        if let Event::Other { event, .. } = &event {
            return Ok(decode(event.as_bytes())?);
        }
        let mut document = Document::new();
        document.insert("_id", encode_to_bson(&self.0.resume_token().expect("that of the event"))?);
        document
            .extend(event.operation_type().map(|kind| ("operationType".to_owned(), kind.as_str().into())));
        let info = event.info();
        let mut set =
            |key: &str, value: Option<Bson>| document.extend(value.map(|value| (key.to_owned(), value)));
        set("clusterTime", info.cluster_time().map(Bson::Timestamp));
        set("wallTime", info.wall_time().map(Bson::DateTime));
        set("collectionUUID", info.collection_uuid().map(Bson::from));
        set("ns", info.namespace().map(namespace));
        set("lsid", info.lsid().cloned().map(Bson::Document));
        set("txnNumber", info.txn_number().map(Bson::Int64));
        let id = event.id().map(encode_to_bson).transpose()?.map(|id| doc! { "_id": id });
        set("documentKey", info.document_key().cloned().or(id).map(Bson::Document));
        match event {
            Event::Inserted { document, .. } | Event::Replaced { document, .. } => {
                set("fullDocument", Some(encode_to_bson(&document)?));
            }
            Event::Updated { changes, .. } => {
                set("updateDescription", Some(decode::<Document>(changes.as_raw().as_bytes())?.into()));
            }
            Event::Renamed { to, description, .. } => {
                set("to", Some(namespace(&to)));
                set(
                    "operationDescription",
                    Some(description).filter(|it| !it.is_empty()).map(Bson::Document),
                );
            }
            Event::IndexesCreated { indexes, .. } | Event::IndexesDropped { indexes, .. } => {
                set("operationDescription", Some(doc! { "indexes": indexes }.into()));
            }
            Event::Created { description, .. }
            | Event::Modified { description, .. }
            | Event::Sharded { description, .. }
            | Event::ShardKeyRefined { description, .. }
            | Event::Resharded { description, .. } => {
                set("operationDescription", Some(description.into()));
            }
            _ => {}
        }
        Ok(document)
    }
}

fn namespace(name: &Namespace) -> Bson {
    let mut namespace = doc! { "db": name.database() };
    namespace.extend(name.collection().map(|collection| ("coll".to_owned(), collection.into())));
    namespace.into()
}
