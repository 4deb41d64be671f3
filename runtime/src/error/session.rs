//! A session or transaction was used in a way that it does not allow.

use std::borrow::Cow;

use super::{Error, ErrorKind, Kind};

impl Error {
    /// An error for a session that was used in a way that it does not allow.
    pub(crate) fn session(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Driver(ErrorKind::Session, message.into().into_owned()))
    }

    /// Whether a session or transaction was used in a way that it does not allow.
    #[must_use]
    pub fn is_session(&self) -> bool {
        self.kind() == ErrorKind::Session
    }
}
