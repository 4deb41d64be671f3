//! One or more writes of an operation failed.

use super::{DuplicateKey, Error, ErrorKind, Kind};

/// A write that the server refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WriteFailure {
    /// Position of the document or operation in what was given to the call; 0 for single writes.
    pub index: usize,
    /// The server's code, such as 121 for a document that a validator refuses.
    pub code: i32,
    /// The server's text.
    pub message: String,
    /// Set when a unique index refused the write.
    pub duplicate_key: Option<DuplicateKey>,
    /// The server's details (`errInfo`), for instance which rule of a validator failed.
    pub details: Option<mongodb::bson::Document>,
}

impl Error {
    /// Every write that failed, in the order of the operation; empty for other errors.
    ///
    /// In an ordered write this is one failure, and everything after it was not tried.
    #[must_use]
    pub fn write_failures(&self) -> &[WriteFailure] {
        match &self.0.kind {
            Kind::Write(_, failures) => failures,
            _ => &[],
        }
    }

    /// Whether one or more writes of an operation failed.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.is_kind(ErrorKind::Write) || self.is_kind(ErrorKind::DuplicateKey)
    }
}
