//! Reading the document of an `_id`.

use std::time::Duration;

use mongodb::{
    bson::Bson,
    options::{ReadConcern, SelectionCriteria},
};

use super::{Find, action};
use crate::{
    Collection, Session,
    codec::{DecodeOwned, EncodeError},
    error::Result,
    filter::Filter,
    model::Record,
};

/// Reads the document of an `_id`; see [`Collection::get`].
///
/// # Errors
///
/// As [`Find`].
#[must_use = "nothing is sent before the action is awaited"]
pub struct Get<'a, D> {
    find: Find<'a, D>,
}

impl<'a, D: Record> Get<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, id: Result<Bson, EncodeError>) -> Self {
        Self { find: Find::new(collection, Filter::test("_id".into(), "$eq", id)) }
    }

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

    async fn run(self) -> Result<Option<D>>
    where
        D: DecodeOwned,
    {
        self.find.first().await
    }
}

action!(Get<D> in find where [D: Record + DecodeOwned + Send] => Option<D>);
