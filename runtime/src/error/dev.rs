//! The development server could not be found, fetched or started.

use super::{BoxError, Error, ErrorKind, Kind};

impl Error {
    /// An error of the development server: one sentence that says what to do.
    pub(crate) fn dev(message: impl Into<String>) -> Self {
        Self::new(Kind::Dev(message.into()))
    }

    /// The same, with its cause.
    pub(crate) fn dev_caused(message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::with_source(Kind::Dev(message.into()), source)
    }

    /// Whether the development server could not be found, fetched or started.
    #[must_use]
    pub fn is_dev_server(&self) -> bool {
        self.kind() == ErrorKind::DevServer
    }
}
