//! A change stream cannot go on.

use super::{Error, ErrorKind, Kind};

impl Error {
    /// An event has no token: a stream without a place could lose events.
    pub(crate) fn no_resume_token() -> Self {
        let message = "the events of this change stream have no `_id`, which is its place in the stream: leave it in the stages \
                       (`$project: {_id: 0}` and `$unset: \"_id\"` remove it)";
        Self::new(Kind::Driver(ErrorKind::Command, message.to_owned()))
    }

    /// Another consumer of the same name has begun.
    pub(crate) fn taken_over(consumer: &str) -> Self {
        Self::new(Kind::Conflict(format!(
            "another consumer `{consumer}` was opened and goes on from the place stored last, or its document was deleted: \
             end this one"
        )))
    }
}
