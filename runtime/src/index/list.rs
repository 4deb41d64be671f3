//! Listing indexes.

use std::collections::BTreeMap;

use mongodb::{
    bson::{Bson, Document},
    options::ListIndexesOptions,
};

use super::sync::NO_COLLECTION;
use crate::{
    Collection, Cursor, Session,
    action::options::setters,
    admin::{Row, awaitable, cursor_of},
    codec::{Decode, DecodeError, RawValue},
    error::Result,
    model::Record,
};

/// An index as the server lists it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct IndexInfo {
    /// The name.
    pub name: String,
    /// The keys. Those of texts are listed as `_fts` and `_ftsx`, with the fields as `weights` among the options.
    pub keys: Document,
    /// Everything else, by the server's names.
    pub options: Document,
}

impl<'de> Decode<'de> for IndexInfo {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let mut options = Document::decode(value)?;
        let (name, keys) = (options.remove("name"), options.remove("key"));
        let (Some(Bson::String(name)), Some(Bson::Document(keys))) = (name, keys) else {
            return Err(DecodeError::custom(
                "an index has a `name` and a `key`, and this document lacks one",
            ));
        };
        Ok(Self { name, keys, options })
    }
}

impl<D: Record> Collection<D> {
    /// Lists the indexes, with their options. A collection that is not there has none.
    pub fn list_indexes<'a>(&self) -> ListIndexes<'a, D> {
        ListIndexes { collection: self.clone(), options: ListIndexesOptions::default(), session: None }
    }

    /// The indexes by their names.
    ///
    /// # Errors
    ///
    /// As [`list_indexes`](Self::list_indexes).
    pub async fn index_information(&self) -> Result<BTreeMap<String, IndexInfo>> {
        let indexes = self.list_indexes().await?;
        Ok(indexes.into_iter().map(|index| (index.name.clone(), index)).collect())
    }
}

/// Lists indexes; see [`Collection::list_indexes`].
///
/// # Errors
///
/// When the server refuses the operation, as for a view, or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct ListIndexes<'a, D> {
    collection: Collection<D>,
    options: ListIndexesOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> ListIndexes<'a, D> {
    setters!(session batch_size max_time comment);

    /// Only the names.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn names(self) -> Result<Vec<String>> {
        Ok(self.run().await?.into_iter().map(|index| index.name).collect())
    }

    /// A cursor over what the server says, as a type of your own. Here, a collection that is not there is an error.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn rows<T: Row>(self) -> Result<Cursor<'a, T>> {
        let (collection, options) = (self.collection.inner().clone(), self.options);
        Ok(cursor_of!(self.session, collection.list_indexes().with_options(options)))
    }

    async fn run(self) -> Result<Vec<IndexInfo>> {
        match self.rows().await {
            Ok(cursor) => cursor.collect().await,
            Err(error) if error.code() == Some(NO_COLLECTION) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

awaitable!(ListIndexes<'a, D: Record> in [collection] => Vec<IndexInfo>);
