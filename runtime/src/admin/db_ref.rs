//! References of the old form that MongoDB calls `DBRef`.

use mongodb::bson::{Bson, Document};

use crate::{
    Database,
    codec::{
        Decode, DecodeError, DecodeOwned, DocumentWriter, Encode, EncodeDocument, EncodeError, RawValue,
        Slot, encode_to_bson,
    },
    error::{Error, Result},
    filter::{Filter, Value},
    model::Record,
};

/// A reference to a document by collection and `_id`, and perhaps its database: `{ $ref: "users", $id: .., $db: "shop" }`.
///
/// For data that has such references already. A reference within one collection is better a plain id.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DbRef {
    /// The collection.
    pub collection: String,
    /// The `_id`.
    pub id: Bson,
    /// The database, where it is another one.
    pub database: Option<String>,
    /// Other fields beside the reference.
    pub more: Document,
}

impl DbRef {
    /// A reference to the document of an `_id` in a collection of the same database.
    pub fn new(collection: impl Into<String>, id: impl Into<Bson>) -> Self {
        Self { collection: collection.into(), id: id.into(), database: None, more: Document::new() }
    }

    /// The same into another database.
    #[must_use]
    pub fn in_database(mut self, name: impl Into<String>) -> Self {
        self.database = Some(name.into());
        self
    }
}

impl EncodeDocument for DbRef {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("$ref", &self.collection);
        document.field("$id", &self.id);
        if let Some(database) = &self.database {
            document.field("$db", database);
        }
        self.more.encode_fields(document);
    }
}

impl Encode for DbRef {
    fn encode(&self, slot: Slot<'_>) {
        slot.document(|document| self.encode_fields(document));
    }
}

impl<'de> Decode<'de> for DbRef {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let mut more = Document::decode(value)?;
        let mut text = |key: &str| match more.remove(key) {
            None => Ok(None),
            Some(Bson::String(text)) => Ok(Some(text)),
            Some(other) => {
                Err(DecodeError::custom(format!("`{key}` of a DBRef must be a text, and is {other}")))
            }
        };
        let (collection, database) = (text("$ref")?, text("$db")?);
        let (Some(collection), Some(id)) = (collection, more.remove("$id")) else {
            return Err(DecodeError::custom(
                "a DBRef has the fields `$ref` and `$id`, and this document lacks one",
            ));
        };
        Ok(Self { collection, id, database, more })
    }
}

impl Value<Self> for DbRef {
    fn into_bson(self) -> Result<Bson, EncodeError> {
        encode_to_bson(&self)
    }
}

impl Database {
    /// Reads the document that a reference points to, or `None` when it is not there.
    ///
    /// # Errors
    ///
    /// [Argument](Error::is_argument) when the reference names another database: ask that one. [Decode](Error::is_decode)
    /// when the document does not fit `D`.
    pub async fn dereference<D: Record + DecodeOwned + Send>(&self, reference: &DbRef) -> Result<Option<D>> {
        if let Some(database) = reference.database.as_deref().filter(|name| *name != self.name()) {
            return Err(Error::argument(format!(
                "this reference is into the database `{database}`, and was given to `{}`: ask the other one",
                self.name()
            )));
        }
        let filter = Filter::test("_id".into(), "$eq", Ok(reference.id.clone()));
        self.collection_named::<D>(&reference.collection).find(filter).first().await
    }
}
