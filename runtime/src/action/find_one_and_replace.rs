//! Replacing a document and reading it in one step.

use std::marker::PhantomData;

use mongodb::{
    bson::RawDocumentBuf,
    options::{FindOneAndReplaceOptions, ReturnDocument},
};

use super::{
    action, in_any_session,
    options::setters,
    select::{Selection, selects},
};
use crate::{
    Collection, Session,
    cursor::{ReadRow, Whole},
    error::Result,
    filter::Filter,
    model::{Record, encode_whole},
};

/// Replaces the first document that matches and gives it; see [`Collection::find_one_and_replace`].
///
/// Gives the document as it was before, or with [`return_new`](Self::return_new) as it is after; `None` when none
/// matched (and, with `upsert`, when the old document was asked for).
///
/// # Errors
///
/// As [`Replace`](super::Replace) and [`Find`](super::Find). When the document does not fit the model, it was replaced
/// all the same.
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindOneAndReplace<'a, D, O = D, R = Whole> {
    collection: Collection<D>,
    filter: Filter<D>,
    replacement: &'a D,
    options: FindOneAndReplaceOptions,
    session: Option<&'a mut Session>,
    selection: Selection<R>,
    output: PhantomData<fn() -> O>,
}

impl<'a, D: Record> FindOneAndReplace<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>, replacement: &'a D) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            replacement,
            options: FindOneAndReplaceOptions::default(),
            session: None,
            selection: Selection::everything(),
            output: PhantomData,
        }
    }
}

selects!(FindOneAndReplace { collection filter replacement options session });

impl<'a, D: Record, O: 'static, R> FindOneAndReplace<'a, D, O, R> {
    setters! {
        session upsert sort hint collation let_vars max_time bypass_document_validation comment write_concern
    }

    /// Gives the document as it is after.
    pub fn return_new(mut self) -> Self {
        self.options.return_document = Some(ReturnDocument::After);
        self
    }

    async fn run(self) -> Result<Option<O>>
    where
        D: Sync,
        R: ReadRow<O>,
    {
        let (projection, read) = self.selection.into_parts()?;
        let mut options = self.options;
        options.projection = projection;
        let (filter, replacement) = (self.filter.into_query()?, encode_whole(self.replacement)?);
        let collection = self.collection.inner();
        let found: Option<RawDocumentBuf> = in_any_session!(
            self.session,
            self.collection,
            collection.find_one_and_replace(filter, replacement).with_options(options)
        )?;
        Ok(found.map(|found| read.read(found.as_bytes())).transpose()?)
    }
}

action!(FindOneAndReplace<D, O, R> where [D: Record + Sync, O: 'static, R: ReadRow<O>] => Option<O>);
