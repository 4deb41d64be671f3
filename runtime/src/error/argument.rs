//! A value given to this crate cannot be used.

use std::borrow::Cow;

use super::{Error, ErrorKind, Kind};

impl Error {
    /// An error for a caller's value that cannot be used; nothing was sent.
    pub(crate) fn argument(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Argument(message.into()))
    }

    /// Whether a value given to this crate cannot be used; nothing was sent then.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.kind() == ErrorKind::Argument
    }
}
