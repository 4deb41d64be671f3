//! Deleting documents.

use mongodb::options::DeleteOptions;

use super::{action, in_any_session, options::setters};
use crate::{Collection, Session, error::Result, filter::Filter, model::Record};

/// Deletes documents and gives their number; see [`Collection::delete_one`], [`Collection::delete_many`] and
/// [`Collection::delete_all`].
///
/// # Errors
///
/// When the server refuses the operation or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Delete<'a, D> {
    pub(super) collection: Collection<D>,
    pub(super) filter: Filter<D>,
    pub(super) many: bool,
    pub(super) options: DeleteOptions,
    pub(super) session: Option<&'a mut Session>,
}

impl<'a, D: Record> Delete<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>, many: bool) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            many,
            options: DeleteOptions::default(),
            session: None,
        }
    }

    setters!(session hint collation let_vars comment write_concern);

    async fn run(self) -> Result<u64> {
        let filter = self.filter.into_query()?;
        let collection = self.collection.inner();
        let delete = match self.many {
            true => collection.delete_many(filter),
            false => collection.delete_one(filter),
        };
        let delete = delete.with_options(self.options);
        Ok(in_any_session!(self.session, self.collection, delete)?.deleted_count)
    }
}

action!(Delete<D> where [D: Record] => u64);
