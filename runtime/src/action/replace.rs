//! Replacing a document.

use mongodb::options::ReplaceOptions;

use super::{UpdateResult, action, in_any_session, options::setters};
use crate::{
    Collection, Session,
    error::Result,
    filter::Filter,
    model::{Record, encode_whole},
};

/// Replaces the first document that matches; see [`Collection::replace_one`].
///
/// # Errors
///
/// As [`Insert`](super::Insert); the server also refuses a replacement with another `_id`.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Replace<'a, D> {
    collection: Collection<D>,
    filter: Filter<D>,
    replacement: &'a D,
    options: ReplaceOptions,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> Replace<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>, replacement: &'a D) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            replacement,
            options: ReplaceOptions::default(),
            session: None,
        }
    }

    setters!(session upsert sort hint collation let_vars bypass_document_validation comment write_concern);

    async fn run(self) -> Result<UpdateResult<D::Id>>
    where
        D: Sync,
    {
        let filter = self.filter.into_query()?;
        let replacement = encode_whole(self.replacement)?;
        let collection = self.collection.inner();
        let result = in_any_session!(
            self.session,
            self.collection,
            collection.replace_one(filter, replacement).with_options(self.options)
        )?;
        UpdateResult::new(&result)
    }
}

action!(Replace<D> where [D: Record + Sync] => UpdateResult<D::Id>);
