//! A value cannot be written as BSON.

use std::{borrow::Cow, error::Error as StdError, fmt, sync::Arc};

use super::{BoxError, Error, ErrorKind, Kind};

/// Why a value cannot be written as BSON, and where it stands in the document.
#[derive(Clone)]
pub struct EncodeError(Arc<Inner>);

struct Inner {
    path: String,
    reason: Cow<'static, str>,
    source: Option<BoxError>,
    /// The reason is the whole sentence; becomes an error of kind `Argument`.
    is_argument: bool,
}

impl EncodeError {
    pub(crate) fn new(path: String, reason: impl Into<Cow<'static, str>>, source: Option<BoxError>) -> Self {
        Self(Arc::new(Inner { path, reason: reason.into(), source, is_argument: false }))
    }

    /// For what cannot be sent although each of its values could: travels the same way.
    pub(crate) fn argument(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Arc::new(Inner { path: String::new(), reason: reason.into(), source: None, is_argument: true }))
    }

    /// The same, told from the value under the first key: for values that were wrapped under an empty one.
    pub(crate) fn below_first_key(self) -> Self {
        let path = self.0.path.split_once('.').map_or("", |(_, rest)| rest).to_owned();
        match Arc::try_unwrap(self.0) {
            Ok(inner) => Self(Arc::new(Inner { path, ..inner })),
            Err(shared) => Self(shared),
        }
    }

    /// The same, told from what the value stands in under `key`.
    pub(super) fn below(self, key: &str) -> Self {
        let path = match self.0.path.as_str() {
            "" => key.to_owned(),
            path => format!("{key}.{path}"),
        };
        match Arc::try_unwrap(self.0) {
            Ok(inner) => Self(Arc::new(Inner { path, ..inner })),
            Err(shared) => Self::new(path, shared.reason.clone(), None),
        }
    }

    /// The dotted path of the value, such as `address.city` or `items.3.qty`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.path.as_str() {
            _ if self.0.is_argument => f.write_str(&self.0.reason),
            "" => write!(f, "this value cannot be stored: {}", self.0.reason),
            path => write!(f, "`{path}` cannot be stored: {}", self.0.reason),
        }
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, reason, source, .. } = self.0.as_ref();
        f.debug_struct("EncodeError")
            .field("path", path)
            .field("reason", reason)
            .field("source", source)
            .finish()
    }
}

impl StdError for EncodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        match error.0.is_argument {
            true => Self::argument(error.0.reason.clone()),
            false => Self::new(Kind::Encode(error)),
        }
    }
}

impl Error {
    /// Whether a value cannot be written as BSON; nothing was sent then.
    #[must_use]
    pub fn is_encode(&self) -> bool {
        self.is_kind(ErrorKind::Encode)
    }

    /// Where and why a value could not be written.
    #[must_use]
    pub fn encode_error(&self) -> Option<&EncodeError> {
        match &self.0.kind {
            Kind::Encode(error) => Some(error),
            _ => None,
        }
    }
}
