//! Deleting a document and reading it in one step.

use std::marker::PhantomData;

use mongodb::{bson::RawDocumentBuf, options::FindOneAndDeleteOptions};

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
    model::Record,
};

/// Deletes the first document that matches and gives it; see [`Collection::find_one_and_delete`].
///
/// `None` when none matched.
///
/// # Errors
///
/// As [`Delete`](super::Delete) and [`Find`](super::Find). When the document does not fit the model, it is gone all the
/// same.
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindOneAndDelete<'a, D, O = D, R = Whole> {
    collection: Collection<D>,
    filter: Filter<D>,
    options: FindOneAndDeleteOptions,
    session: Option<&'a mut Session>,
    selection: Selection<R>,
    output: PhantomData<fn() -> O>,
}

impl<D: Record> FindOneAndDelete<'_, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            options: FindOneAndDeleteOptions::default(),
            session: None,
            selection: Selection::everything(),
            output: PhantomData,
        }
    }
}

selects!(FindOneAndDelete { collection filter options session });

impl<'a, D: Record, O: 'static, R> FindOneAndDelete<'a, D, O, R> {
    setters!(session sort hint collation let_vars max_time comment write_concern);

    async fn run(self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        let (projection, read) = self.selection.into_parts()?;
        let mut options = self.options;
        options.projection = projection;
        let filter = self.filter.into_query()?;
        let collection = self.collection.inner();
        let found: Option<RawDocumentBuf> = in_any_session!(
            self.session,
            self.collection,
            collection.find_one_and_delete(filter).with_options(options)
        )?;
        Ok(found.map(|found| read.read(found.as_bytes())).transpose()?)
    }
}

action!(FindOneAndDelete<D, O, R> where [D: Record, O: 'static, R: ReadRow<O>] => Option<O>);
