//! Changing a document and reading it in one step.

use mongodb::{
    bson::RawDocumentBuf,
    options::{FindOneAndUpdateOptions, ReturnDocument},
};

use super::{action, in_session, options::setters};
use crate::{
    Collection, Session,
    codec::{DecodeOwned, decode_raw},
    error::Result,
    filter::Filter,
    model::Record,
    update::Update,
};

/// Changes the first document that matches and gives it; see [`Collection::find_one_and_update`].
///
/// Gives the document as it was before, or with [`return_new`](Self::return_new) as it is after; `None` when none
/// matched (and, with `upsert`, when the old document was asked for).
///
/// # Errors
///
/// As [`UpdateOne`](super::UpdateOne) and [`Find`](super::Find). When the document does not fit the model, it was
/// changed all the same.
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindOneAndUpdate<'a, D> {
    collection: Collection<D>,
    filter: Filter<D>,
    update: Update<D>,
    options: FindOneAndUpdateOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> FindOneAndUpdate<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>, update: Update<D>) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            update,
            options: FindOneAndUpdateOptions::default(),
            session: None,
        }
    }

    setters! {
        session upsert sort array_filters hint collation let_vars max_time bypass_document_validation comment
        write_concern
    }

    /// Gives the document as it is after the change.
    pub fn return_new(mut self) -> Self {
        self.options.return_document = Some(ReturnDocument::After);
        self
    }

    async fn run(mut self) -> Result<Option<D>>
    where
        D: DecodeOwned,
    {
        let filter = self.filter.into_document()?;
        let update = self.update.into_modifications(&mut self.options.array_filters)?;
        let collection = self.collection.inner();
        let found: Option<RawDocumentBuf> = in_session!(
            self.session,
            collection.find_one_and_update(filter, update).with_options(self.options)
        )?;
        Ok(found.as_deref().map(decode_raw).transpose()?)
    }
}

action!(FindOneAndUpdate<D> where [D: Record + DecodeOwned] => Option<D>);
