//! A limit on the time of an operation was reached here, not on the server.

use std::time::Duration;

use super::{Error, ErrorKind, Kind};

impl Error {
    /// What took longer than the limit; whether the server did it is not known.
    pub(crate) fn timeout(limit: Duration, what: &str) -> Self {
        Self::new(Kind::Driver(
            ErrorKind::Timeout,
            format!("{what} than its limit of {limit:?}; whether the server carried it out is not known"),
        ))
    }

    /// No connection was free in time: nothing was sent.
    pub(crate) fn wait_queue_timeout(limit: Duration) -> Self {
        Self::new(Kind::Driver(
            ErrorKind::Timeout,
            format!(
                "no connection was free within {limit:?} (waitQueueTimeoutMS): raise maxPoolSize, or do less at a time"
            ),
        ))
    }

    /// Whether a time limit ended the operation: one of the server or one of the client.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }
}
