//! Finding one document.

use std::marker::PhantomData;

use mongodb::options::FindOptions;

use super::{
    Find, action,
    options::setters,
    select::{Selection, selects, shows_storage},
};
use crate::{
    Collection, Session,
    cursor::{ReadRow, Whole},
    error::Result,
    filter::Filter,
    model::Record,
};

/// Finds the first document that matches; see [`Collection::find_one`].
///
/// # Errors
///
/// As [`Find`].
#[must_use = "nothing is sent before the action is awaited"]
pub struct FindOne<'a, D, O = D, R = Whole> {
    pub(super) collection: Collection<D>,
    pub(super) filter: Filter<D>,
    pub(super) options: FindOptions,
    pub(super) session: Option<&'a mut Session>,
    pub(super) selection: Selection<R>,
    pub(super) output: PhantomData<fn() -> O>,
}

impl<D: Record> FindOne<'_, D> {
    pub(crate) fn new(collection: &Collection<D>, filter: Filter<D>) -> Self {
        Self {
            collection: collection.clone(),
            filter,
            options: FindOptions::default(),
            session: None,
            selection: Selection::everything(),
            output: PhantomData,
        }
    }
}

selects!(FindOne { collection filter options session });
shows_storage!(FindOne { collection filter options session });

impl<'a, D: Record, O: 'static, R: Clone> FindOne<'a, D, O, R> {
    setters! {
        session sort skip hint collation max_time comment allow_disk_use allow_partial_results min max let_vars
        read_concern selection_criteria
    }

    async fn run(self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        let Self { collection, filter, options, session, selection, output } = self;
        Find { collection, filter, options, session, selection, output }.first_row().await
    }
}

action!(FindOne<D, O, R> where [D: Record, O: Send + 'static, R: ReadRow<O>] => Option<O>);
