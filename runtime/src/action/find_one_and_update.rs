//! Changing a document and reading it in one step.

use std::marker::PhantomData;

use mongodb::{
    bson::RawDocumentBuf,
    options::{FindOneAndUpdateOptions, ReturnDocument},
};

use super::{
    action, in_any_session,
    options::setters,
    select::{Selection, selects},
    update::check_upsert,
};
use crate::{
    Collection, Session,
    cursor::{ReadRow, Whole},
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
pub struct FindOneAndUpdate<'a, D, O = D, R = Whole> {
    collection: Collection<D>,
    filter: Filter<D>,
    update: Update<D>,
    options: FindOneAndUpdateOptions,
    session: Option<&'a mut Session>,
    selection: Selection<R>,
    output: PhantomData<fn() -> O>,
}

impl<D: Record> FindOneAndUpdate<'_, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>, update: Update<D>) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            update,
            options: FindOneAndUpdateOptions::default(),
            session: None,
            selection: Selection::everything(),
            output: PhantomData,
        }
    }
}

selects!(FindOneAndUpdate { collection filter update options session });

impl<'a, D: Record, O: 'static, R> FindOneAndUpdate<'a, D, O, R> {
    setters! {
        session upsert sort array_filters hint collation let_vars max_time bypass_document_validation comment
        write_concern
    }

    /// Gives the document as it is after the change.
    pub fn return_new(mut self) -> Self {
        self.options.return_document = Some(ReturnDocument::After);
        self
    }

    async fn run(self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        let (projection, read) = self.selection.into_parts()?;
        let mut options = self.options;
        options.projection = projection;
        let filter = self.filter.into_query()?;
        let update = self.update.into_changes(&mut options.array_filters)?;
        if options.upsert == Some(true) {
            check_upsert::<D>(&filter, &update)?;
        }
        let collection = self.collection.inner();
        let found: Option<RawDocumentBuf> = in_any_session!(
            self.session,
            self.collection,
            collection.find_one_and_update(filter, update).with_options(options)
        )?;
        Ok(found.map(|found| read.read(found.as_bytes())).transpose()?)
    }
}

action!(FindOneAndUpdate<D, O, R> where [D: Record, O: 'static, R: ReadRow<O>] => Option<O>);
