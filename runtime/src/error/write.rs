//! One or more writes of an operation failed.

use std::fmt;

use mongodb::{bson::Document, error::IndexedWriteError};

use super::{
    DuplicateKey, Error, ErrorKind, Kind, WriteConcernFailure, duplicate_key, validation,
    validation::Validation,
};

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
    /// Set when a validator refused the document, and the server said why.
    pub validation: Option<Validation>,
    /// The server's details (`errInfo`).
    pub details: Option<Document>,
    /// In a bulk write, what was sent: the document of an `insert`, or the statement of an `update` or `delete`.
    pub operation: Option<Document>,
}

impl WriteFailure {
    pub(crate) fn of_indexed(failure: &IndexedWriteError) -> Self {
        let IndexedWriteError { index, code, message, details, .. } = failure;
        Self::new(*index, *code, message.clone(), details.clone())
    }

    /// An entry of `writeErrors` in a reply.
    pub(crate) fn of_reply(failure: &Document) -> Self {
        let (code, message, details) = parts(failure);
        let index = failure.get_i32("index").ok().and_then(|index| usize::try_from(index).ok());
        Self::new(index.unwrap_or_default(), code, message, details)
    }

    pub(crate) fn new(index: usize, code: i32, message: String, details: Option<Document>) -> Self {
        let duplicate_key = (code == duplicate_key::CODE).then(|| DuplicateKey::parse(&message));
        let validation = details.as_ref().filter(|_| code == validation::CODE).map(Validation::new);
        Self { index, code, message, duplicate_key, validation, details, operation: None }
    }

    /// The same at another position.
    pub(crate) fn at(self, index: usize) -> Self {
        Self { index, ..self }
    }
}

impl fmt::Display for WriteFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.duplicate_key, &self.validation) {
            (Some(key), _) => key.fmt(f),
            (_, Some(validation)) => validation.fmt(f),
            (None, None) => write!(f, "{} (code {})", self.message, self.code),
        }
    }
}

impl WriteConcernFailure {
    pub(crate) fn new(failure: &mongodb::error::WriteConcernError) -> Self {
        Self {
            code: failure.code,
            code_name: failure.code_name.clone(),
            message: failure.message.clone(),
            details: failure.details.clone(),
        }
    }

    /// The `writeConcernError` of a reply.
    pub(crate) fn of_reply(failure: &Document) -> Self {
        let (code, message, details) = parts(failure);
        let code_name = failure.get_str("codeName").unwrap_or_default().to_owned();
        Self { code, code_name, message, details }
    }
}

fn parts(failure: &Document) -> (i32, String, Option<Document>) {
    let message = failure.get_str("errmsg").unwrap_or_default().to_owned();
    (failure.get_i32("code").unwrap_or_default(), message, failure.get_document("errInfo").ok().cloned())
}

impl Error {
    /// Every write that failed, in the order of the operation; empty for other errors.
    ///
    /// In an ordered write this is one failure, and everything after it was not tried.
    #[must_use]
    pub fn write_failures(&self) -> &[WriteFailure] {
        match &self.0.kind {
            Kind::Write(_, failures, _) => failures,
            Kind::BulkWrite(bulk) => &bulk.failure.failures,
            Kind::Validation(failure) => std::slice::from_ref(&**failure),
            _ => &[],
        }
    }

    /// Whether one or more writes of an operation failed.
    #[must_use]
    pub fn is_write(&self) -> bool {
        matches!(self.kind(), ErrorKind::Write | ErrorKind::DuplicateKey | ErrorKind::Validation)
    }
}
