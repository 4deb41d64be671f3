//! Files in GridFS that are not there, or not whole, and readers and writers that fail.

use std::{fmt, io};

use mongodb::bson::Bson;

use super::{Error, ErrorKind, Kind};

/// What is wrong with a damaged GridFS file. Chunks are numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// The chunk is not stored.
    MissingChunk {
        /// Its number.
        n: u64,
    },
    /// The chunk is shorter or longer than the length and the chunk size of the file say.
    WrongSize {
        /// Its number.
        n: u64,
        /// How many bytes it should have.
        expected: u64,
        /// How many bytes it has.
        found: u64,
    },
    /// A chunk is stored beyond the end of the file, or twice.
    ExtraChunk {
        /// Its number.
        n: u64,
    },
    /// The content is not that of the SHA-256 in the metadata.
    Checksum,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingChunk { n } => write!(f, "its chunk {n} is missing"),
            Self::WrongSize { n, expected, found } => {
                write!(f, "its chunk {n} has {found} bytes instead of {expected}")
            }
            Self::ExtraChunk { n } => write!(f, "there is an extra chunk {n}"),
            Self::Checksum => f.write_str("its content does not fit its SHA-256"),
        }
    }
}

impl Error {
    pub(crate) fn file_not_found(bucket: &str, what: impl fmt::Display) -> Self {
        let message = format!("the bucket `{bucket}` has no file {what}");
        Self::new(Kind::File(ErrorKind::FileNotFound, message, None))
    }

    pub(crate) fn revision_not_found(bucket: &str, name: &str, revision: i32) -> Self {
        let message = format!(
            "the file {name:?} of the bucket `{bucket}` has no revision {revision}: 0 is the first, -1 the newest"
        );
        Self::new(Kind::File(ErrorKind::RevisionNotFound, message, None))
    }

    pub(crate) fn damaged_file(bucket: &str, id: &Bson, damage: Damage) -> Self {
        let message = format!(
            "the file with _id {id} of the bucket `{bucket}` is damaged, {damage}: upload it again, or restore it from a backup"
        );
        Self::new(Kind::File(ErrorKind::DamagedFile, message, Some(damage)))
    }

    /// A reader or writer of the caller failed; one of this crate gives its own error back.
    pub(crate) fn io(what: &str, error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(own) => own,
            Err(error) => {
                Self::with_source(Kind::File(ErrorKind::Io, format!("{what} failed: {error}"), None), error)
            }
        }
    }

    pub(crate) fn runtime_ended() -> Self {
        let message = "the tokio runtime ended before the operation: keep it running until all is done";
        Self::new(Kind::Driver(ErrorKind::Other, message.to_owned()))
    }

    /// Whether the GridFS bucket has no such file.
    #[must_use]
    pub fn is_file_not_found(&self) -> bool {
        self.kind() == ErrorKind::FileNotFound
    }

    /// Whether the GridFS bucket has the file, but not the revision asked for.
    #[must_use]
    pub fn is_revision_not_found(&self) -> bool {
        self.kind() == ErrorKind::RevisionNotFound
    }

    /// Whether a GridFS file is not stored as it was written; [`damage`](Self::damage) says how.
    #[must_use]
    pub fn is_damaged_file(&self) -> bool {
        self.kind() == ErrorKind::DamagedFile
    }

    /// What is wrong with a damaged GridFS file.
    #[must_use]
    pub fn damage(&self) -> Option<&Damage> {
        match &self.0.kind {
            Kind::File(_, _, damage) => damage.as_ref(),
            _ => None,
        }
    }

    /// Whether the reader or writer given to a transfer failed; its error is the [`source`](std::error::Error::source).
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.kind() == ErrorKind::Io
    }
}

/// For code that speaks the traits of `tokio::io`; the error is kept inside.
impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::Argument => io::ErrorKind::InvalidInput,
            ErrorKind::DamagedFile => io::ErrorKind::InvalidData,
            ErrorKind::FileNotFound | ErrorKind::RevisionNotFound => io::ErrorKind::NotFound,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}
