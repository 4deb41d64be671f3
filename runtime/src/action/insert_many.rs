//! Inserting many documents.

use std::borrow::Borrow;

use mongodb::options::InsertManyOptions;

use super::{action, in_session, insert::encode_new, options::setters};
use crate::{
    Collection, Session,
    client::span,
    codec::encode_to_bson,
    error::{Error, Result},
    model::Record,
};

/// Inserts many documents; see [`Collection::insert_many`].
///
/// Gives the `_id`s in the order of the documents. They are sent in as few messages as the server's limits allow
/// (100,000 documents, 48 MB). Every document is encoded before the first one is sent: when one cannot be stored,
/// nothing is inserted. An empty list sends nothing.
///
/// # Errors
///
/// As [`Insert`](super::Insert); [`write_failures`](Error::write_failures) tells which documents failed,
/// [`partial_result`](Error::partial_result) which were stored, unless the connection failed. When
/// ordered, those before the failure are stored and those after it are not; when not, all others are.
#[must_use = "nothing is sent before the action is awaited"]
pub struct InsertMany<'a, D, I> {
    collection: Collection<D>,
    documents: I,
    options: InsertManyOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record, I> InsertMany<'a, D, I>
where
    I: Iterator,
    I::Item: Borrow<D>,
{
    pub(crate) fn new(collection: &Collection<D>, documents: I) -> Self {
        Self {
            collection: collection.clone(),
            documents,
            options: InsertManyOptions::default(),
            session: None,
        }
    }

    setters!(session ordered bypass_document_validation comment write_concern);

    // The driver copies each document as it is handed over, so that they are encoded one by one and dropped at once.
    async fn run(self) -> Result<Vec<D::Id>> {
        let Self { collection, documents, options, session } = self;
        let mut ids = Vec::with_capacity(documents.size_hint().0);
        let mut failed = None;
        let mut capacity = 256;
        let encoded = documents.map_while(|document| match encode_new(document.borrow(), capacity) {
            Ok((document, id)) => {
                capacity = document.as_bytes().len() + 16;
                ids.push(id);
                Some(document)
            }
            Err(error) => {
                failed = Some(error);
                None
            }
        });
        let ordered = options.ordered != Some(false);
        let insert = collection.inner().insert_many(encoded).with_options(options);
        if let Some(error) = failed {
            return Err(error);
        }
        if !ids.is_empty()
            && let Err(error) = in_session!(session, insert)
        {
            let ids = ids.iter().map(encode_to_bson).collect::<Result<Vec<_>, _>>()?;
            return Err(Error::from(error).of_inserts(ids, ordered));
        }
        span::documents(ids.len());
        Ok(ids)
    }
}

action!(InsertMany<D, I> where [D: Record, I: Iterator + Send + 'a, I::Item: Borrow<D>] => Vec<D::Id>);
