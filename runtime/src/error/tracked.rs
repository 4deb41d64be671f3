//! A tracked document cannot be saved, as somebody else was faster.

use super::{Error, ErrorKind, Kind};

impl Error {
    pub(crate) fn conflict(collection: &str, id: &mongodb::bson::Bson) -> Self {
        Self::new(Kind::Conflict(format!(
            "the document of `{collection}` with _id {id} was changed since it was read: read it again, and repeat your \
             change"
        )))
    }

    pub(crate) fn gone(collection: &str, id: &mongodb::bson::Bson) -> Self {
        Self::new(Kind::Gone(format!(
            "the document of `{collection}` with _id {id} was deleted since it was read: insert it again, or give up \
             your change"
        )))
    }

    /// Whether a tracked document was changed by others since it was read: its version is another one. Also whether a
    /// [consumer](crate::change_stream::Consumer) of a change stream was replaced by another one of its name.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.kind() == ErrorKind::Conflict
    }

    /// Whether a tracked document was deleted since it was read.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.kind() == ErrorKind::Gone
    }
}
