//! Reading the document of an `_id` or of another unique key.

use std::time::Duration;

use mongodb::{
    bson::{Bson, Document},
    options::{Collation, ReadConcern, SelectionCriteria},
};

use super::{Find, action};
use crate::{
    Collection, Session,
    codec::{DecodeOwned, EncodeError},
    cursor::{ReadRow, Whole},
    error::Result,
    filter::Filter,
    model::Record,
    projection::Select,
    view::View,
};

/// Reads the document of a unique key; see [`Collection::get`] and [`Collection::get_by`].
///
/// # Errors
///
/// As [`Find`].
#[must_use = "nothing is sent before the action is awaited"]
pub struct Get<'a, D, O = D, R = Whole> {
    pub(super) find: Find<'a, D, O, R>,
}

impl<'a, D: Record> Get<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, id: Result<Bson, EncodeError>) -> Self {
        Self::by(collection, Filter::test("_id".into(), "$eq", id))
    }

    pub(crate) fn by(collection: &Collection<D>, key: Filter<D>) -> Self {
        Self { find: Find::new(collection, key) }
    }

    /// How strings are compared; a unique index with a collation needs the same one here.
    pub fn collation(self, collation: Collation) -> Self {
        Self { find: self.find.collation(collation) }
    }

    /// Reads only these paths: one gives its value, a tuple of up to twelve gives a tuple.
    ///
    /// The value of a path through an optional document is an `Option`.
    pub fn select<S: Select<D>>(self, selection: S) -> Get<'a, D, S::Output, S::Reader> {
        Get { find: self.find.select(selection) }
    }

    /// Reads only the fields of a [view](View) of the model.
    pub fn select_as<V: View<D>>(self) -> Get<'a, D, V> {
        Get { find: self.find.select_as() }
    }

    /// Reads what a projection in the server's own form leaves; see [`Find::select_raw`].
    pub fn select_raw<T: DecodeOwned + 'static>(self, projection: Document) -> Get<'a, D, T> {
        Get { find: self.find.select_raw(projection) }
    }
}

impl<'a, D: Record, O: 'static, R: Clone + Send> Get<'a, D, O, R> {
    /// Runs the operation in a session, and in its transaction where one is open.
    pub fn session(self, session: &'a mut Session) -> Self {
        Self { find: self.find.session(session) }
    }

    /// How long the server may work on it; beyond that the operation fails with a
    /// [timeout](crate::Error::is_timeout).
    pub fn max_time(self, time: Duration) -> Self {
        Self { find: self.find.max_time(time) }
    }

    /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
    pub fn comment(self, comment: impl Into<Bson>) -> Self {
        Self { find: self.find.comment(comment) }
    }

    /// How settled the data must be that is read.
    pub fn read_concern(self, concern: ReadConcern) -> Self {
        Self { find: self.find.read_concern(concern) }
    }

    /// Which server to read from: a read preference, or a rule of your own.
    pub fn selection_criteria(self, criteria: impl Into<SelectionCriteria>) -> Self {
        Self { find: self.find.selection_criteria(criteria) }
    }

    async fn run(self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        self.find.first_row().await
    }
}

action!(Get<D, O, R> in [find.collection] where [D: Record, O: Send + 'static, R: ReadRow<O>] => Option<O>);
