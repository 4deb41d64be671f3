//! The one error type of the crate.
//!
//! [`Error`] is opaque: ask it with a predicate (`is_duplicate_key`, `is_decode`, ..) or match on [`Error::kind`].
//! Its `Display` is one sentence that says what went wrong and what to do; the cause stays in
//! [`source`](std::error::Error::source). What a server answered is kept whole: [`code`](Error::code),
//! [`code_name`](Error::code_name), [`labels`](Error::labels) and the raw [`reply`](Error::reply).

mod argument;
mod bulk_write;
mod change_stream;
mod closed;
mod decode;
#[cfg(feature = "dev-server")]
mod dev;
mod driver;
mod duplicate_key;
mod encode;
mod file;
mod missing_reference;
mod restricted;
mod selection;
mod session;
mod timeout;
mod tracked;
mod validation;
mod write;

use std::{borrow::Cow, error::Error as StdError, fmt};

use mongodb::bson::RawDocumentBuf;

pub(crate) use self::{bulk_write::BulkFailure, decode::Malformed};
pub use self::{
    bulk_write::WriteConcernFailure,
    decode::{DecodeError, DecodeErrorKind},
    duplicate_key::DuplicateKey,
    encode::EncodeError,
    file::Damage,
    missing_reference::MissingReference,
    restricted::Restricted,
    validation::{BrokenRule, Validation},
    write::WriteFailure,
};

use crate::action::BulkWriteResult;

/// The result of every fallible function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// What can go wrong, see the [module](self).
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    source: Option<BoxError>,
}

/// The kind of an [`Error`], with what belongs to it.
enum Kind {
    Argument(Cow<'static, str>),
    BulkWrite(Box<bulk_write::Bulk>),
    Conflict(String),
    Decode(DecodeError),
    #[cfg(feature = "dev-server")]
    Dev(String),
    Driver(ErrorKind, String),
    DuplicateKey(DuplicateKey),
    Encode(EncodeError),
    File(ErrorKind, String, Option<Damage>),
    Gone(String),
    MissingReference(Box<MissingReference>),
    Restricted(Box<Restricted>),
    Validation(Box<WriteFailure>),
    /// The last is what was done all the same, where it is known.
    Write(String, Vec<WriteFailure>, Option<Box<BulkWriteResult>>),
}

/// What kind of failure an [`Error`] is; for decisions in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value given to this crate cannot be used: nothing was sent.
    Argument,
    /// The server refused the credentials.
    Authentication,
    /// The client was closed before.
    Closed,
    /// The server answered a command with an error.
    Command,
    /// A tracked document was changed by others since it was read, or a consumer was replaced by another one; nothing was
    /// written.
    Conflict,
    /// A GridFS file cannot be read, as what is stored is not what was written.
    DamagedFile,
    /// A stored document does not fit the model.
    Decode,
    /// The development server could not be found, fetched or started.
    DevServer,
    /// A unique index holds the value already.
    DuplicateKey,
    /// A value cannot be written as BSON: nothing was sent.
    Encode,
    /// The GridFS bucket has no such file.
    FileNotFound,
    /// A tracked document was deleted since it was read; nothing was written.
    Gone,
    /// The reader or writer that the caller gave to a transfer failed.
    Io,
    /// A document that a required relation leads to is not there.
    MissingReference,
    /// The connection failed; whether the server did the work is not known.
    Network,
    /// Documents were not deleted, as others refer to them.
    Restricted,
    /// The GridFS bucket has the file, but not so many revisions of it.
    RevisionNotFound,
    /// No server fit for the operation was found in time.
    ServerSelection,
    /// A session or transaction was used in a way that it does not allow.
    Session,
    /// It took too long, by a limit that the caller set.
    Timeout,
    /// The validator of a collection refused the document of a write of one.
    Validation,
    /// One or more writes of an operation failed.
    Write,
    /// The driver failed in a way of its own.
    Other,
}

impl Error {
    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, source: None }))
    }

    fn with_source(kind: Kind, source: impl Into<BoxError>) -> Self {
        Self(Box::new(Inner { kind, source: Some(source.into()) }))
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.kind()
    }

    /// The driver's own error, when the failure came from there.
    #[must_use]
    pub fn as_driver(&self) -> Option<&mongodb::error::Error> {
        self.0.source.as_deref()?.downcast_ref()
    }

    /// The code that the server gave, such as 11000 for a duplicate key or 50 for a time limit.
    #[must_use]
    pub fn code(&self) -> Option<i32> {
        match &self.0.kind {
            Kind::BulkWrite(bulk) => bulk.code().or_else(|| driver::code(self.as_driver()?)),
            _ => driver::code(self.as_driver()?),
        }
    }

    /// The name of the server's code, such as `MaxTimeMSExpired`.
    #[must_use]
    pub fn code_name(&self) -> Option<&str> {
        driver::code_name(self.as_driver()?)
    }

    /// The error labels, such as `TransientTransactionError`.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.as_driver().into_iter().flat_map(|error| error.labels()).map(String::as_str)
    }

    /// Whether the error carries this label.
    #[must_use]
    pub fn has_label(&self, label: &str) -> bool {
        self.as_driver().is_some_and(|error| error.contains_label(label))
    }

    /// The server's whole reply, when there was one.
    #[must_use]
    pub fn reply(&self) -> Option<&RawDocumentBuf> {
        self.as_driver()?.server_response()
    }

    /// Whether the connection failed, see [`ErrorKind::Network`].
    #[must_use]
    pub fn is_network(&self) -> bool {
        self.kind() == ErrorKind::Network
    }

    /// Whether no fit server was found in time, see [`ErrorKind::ServerSelection`].
    #[must_use]
    pub fn is_server_selection(&self) -> bool {
        self.kind() == ErrorKind::ServerSelection
    }

    /// Whether the server refused the credentials.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.kind() == ErrorKind::Authentication
    }

    /// Whether the server answered the command with an error.
    #[must_use]
    pub fn is_command(&self) -> bool {
        self.kind() == ErrorKind::Command
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)
    }
}

impl Kind {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Argument(_) => ErrorKind::Argument,
            Self::BulkWrite(bulk) => bulk.kind(),
            Self::Conflict(_) => ErrorKind::Conflict,
            Self::Decode(_) => ErrorKind::Decode,
            #[cfg(feature = "dev-server")]
            Self::Dev(_) => ErrorKind::DevServer,
            Self::Driver(kind, _) => *kind,
            Self::DuplicateKey(_) => ErrorKind::DuplicateKey,
            Self::Encode(_) => ErrorKind::Encode,
            Self::File(kind, ..) => *kind,
            Self::Gone(_) => ErrorKind::Gone,
            Self::MissingReference(_) => ErrorKind::MissingReference,
            Self::Restricted(_) => ErrorKind::Restricted,
            Self::Validation(_) => ErrorKind::Validation,
            Self::Write(..) => ErrorKind::Write,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(message) => f.write_str(message),
            Self::BulkWrite(bulk) => bulk.fmt(f),
            Self::Conflict(message) | Self::Gone(message) => f.write_str(message),
            Self::Decode(error) => error.fmt(f),
            #[cfg(feature = "dev-server")]
            Self::Dev(message) => f.write_str(message),
            Self::Driver(_, message) => f.write_str(message),
            Self::DuplicateKey(key) => key.fmt(f),
            Self::Encode(error) => error.fmt(f),
            Self::File(_, message, _) => f.write_str(message),
            Self::MissingReference(missing) => missing.fmt(f),
            Self::Restricted(restricted) => restricted.fmt(f),
            Self::Validation(failure) => failure.fmt(f),
            Self::Write(message, ..) => f.write_str(message),
        }
    }
}

/// The sentence and its kind; with `{:#?}`, everything. The short form is what `main` prints when it returns an error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write!(f, "{self} ({:?})", self.kind());
        }
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.kind()).field("message", &self.to_string());
        if let Some(code) = self.code() {
            debug.field("code", &code);
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match (&self.0.source, &self.0.kind) {
            (Some(source), _) => Some(source.as_ref()),
            (None, Kind::Decode(error)) => error.source(),
            (None, Kind::Encode(error)) => error.source(),
            (None, _) => None,
        }
    }
}
