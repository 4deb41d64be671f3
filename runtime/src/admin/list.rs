//! Listing collections.

use mongodb::{bson::Document, options::ListCollectionsOptions};

use super::{Row, awaitable, cursor_of};
use crate::{
    Cursor, Database, Session,
    action::{in_session, options::setters},
    codec::{Decode, DecodeError, RawValue},
    error::Result,
};

/// What the server tells of a collection.
///
/// Nothing in it is interpreted beyond its kind, so that a newer server's options can be read as well.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CollectionInfo {
    /// The name, without the database.
    pub name: String,
    /// What it is.
    pub kind: CollectionKind,
    /// The options it was created with, by the server's names.
    pub options: Document,
    /// `readOnly` and, for collections, the `uuid`.
    pub info: Document,
    /// The index on `_id`; not for views, time series and clustered collections.
    pub id_index: Option<Document>,
}

/// What is listed beside plain collections.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CollectionKind {
    /// A collection, also a capped or clustered one.
    Collection,
    /// A pipeline over another collection.
    View,
    /// A collection of measurements over time.
    TimeSeries,
    /// Another kind, by the server's name.
    Other(String),
}

impl<'de> Decode<'de> for CollectionInfo {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let mut spec = Document::decode(value)?;
        let mut document = |key: &str| match spec.remove(key) {
            Some(mongodb::bson::Bson::Document(document)) => Some(document),
            _ => None,
        };
        let (options, info, id_index) = (document("options"), document("info"), document("idIndex"));
        let kind = match spec.get_str("type") {
            Ok("view") => CollectionKind::View,
            Ok("timeseries") => CollectionKind::TimeSeries,
            Ok("collection") | Err(_) => CollectionKind::Collection,
            Ok(other) => CollectionKind::Other(other.to_owned()),
        };
        Ok(Self {
            name: spec.get_str("name").unwrap_or_default().to_owned(),
            kind,
            options: options.unwrap_or_default(),
            info: info.unwrap_or_default(),
            id_index,
        })
    }
}

impl Database {
    /// Lists the collections and views, with their options.
    pub fn list_collections<'a>(&self) -> ListCollections<'a> {
        let options = ListCollectionsOptions::default();
        ListCollections { database: self.clone(), options, session: None }
    }
}

/// Lists collections; see [`Database::list_collections`].
///
/// Awaiting it gives a [`CollectionInfo`] for each; [`names`](Self::names) only their names, which is faster, and
/// [`rows`](Self::rows) what the server says in a type of your own, such as a `RawDocumentBuf`.
///
/// # Errors
///
/// When the server refuses the operation or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct ListCollections<'a> {
    database: Database,
    options: ListCollectionsOptions,
    session: Option<&'a mut Session>,
}

impl<'a> ListCollections<'a> {
    setters!(session batch_size comment);

    /// Only those that match, in the server's own form: `doc! { "type": "view" }`.
    pub fn filter(mut self, filter: Document) -> Self {
        self.options.filter = Some(filter);
        self
    }

    /// Only those that the user may see, for users who may not list all; the server needs [`names`](Self::names) then.
    pub fn authorized_collections(mut self, only: bool) -> Self {
        self.options.authorized_collections = Some(only);
        self
    }

    /// Only the names.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn names(self) -> Result<Vec<String>> {
        let list = self.database.inner().list_collection_names().with_options(self.options);
        Ok(in_session!(self.session, list)?)
    }

    /// A cursor over what the server says, as a type of your own.
    ///
    /// # Errors
    ///
    /// As the whole action.
    pub async fn rows<T: Row>(self) -> Result<Cursor<'a, T>> {
        let (database, options) = (self.database.inner().clone(), self.options);
        Ok(cursor_of!(self.session, database.list_collections().with_options(options)))
    }

    async fn run(self) -> Result<Vec<CollectionInfo>> {
        self.rows().await?.collect().await
    }
}

awaitable!(ListCollections<'a> in [database] => Vec<CollectionInfo>);
