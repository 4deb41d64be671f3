//! The client was closed before.

use super::{Error, ErrorKind, Kind};

pub(super) const CLOSED: &str = "this client was closed: make a new one";

impl Error {
    pub(crate) fn closed() -> Self {
        Self::new(Kind::Driver(ErrorKind::Closed, CLOSED.to_owned()))
    }

    /// Whether the client was closed before, see [`Client::close`](crate::Client::close).
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.kind() == ErrorKind::Closed
    }
}
