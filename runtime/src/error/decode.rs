//! A stored document does not fit the model.

use std::{borrow::Cow, error::Error as StdError, fmt};

use mongodb::bson::{Bson, spec::ElementType};

use super::{BoxError, Error, ErrorKind, Kind};

/// Why a stored value does not fit its field, where it stands, and in which document.
///
/// Its size is one pointer, so that the results on the way up stay small.
pub struct DecodeError(Box<Inner>);

struct Inner {
    kind: DecodeErrorKind,
    /// Innermost segment first.
    path: Vec<Cow<'static, str>>,
    id: Option<Bson>,
    source: Option<BoxError>,
    /// A part of a document was read, not the model.
    is_selected: bool,
}

/// What is wrong with a stored value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The value is of another BSON type.
    Type {
        /// What the field takes, in words.
        expected: Cow<'static, str>,
        /// What is stored.
        found: ElementType,
    },
    /// The number, date or text is of the right type, but its value does not fit.
    Value {
        /// What the field takes, in words.
        expected: Cow<'static, str>,
        /// What is stored, shortened.
        found: String,
    },
    /// The field is not there, and has neither a default nor an `Option` type.
    Missing,
    /// The document has a key that the model does not know (`deny_unknown`).
    UnknownKey,
    /// The bytes are no BSON: a wrong length, an unknown type, bad UTF-8 or the like.
    Malformed(&'static str),
    /// Documents and arrays are nested deeper than [`MAX_DEPTH`](crate::codec::MAX_DEPTH).
    TooDeep,
    /// A bridge to another crate or the user's own code refused the value.
    Custom(String),
}

/// Bytes that are no BSON; becomes a [`DecodeError`] where the path is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Malformed(pub(crate) &'static str);

impl From<Malformed> for DecodeError {
    #[cold]
    fn from(Malformed(what): Malformed) -> Self {
        Self::new(DecodeErrorKind::Malformed(what))
    }
}

impl DecodeError {
    #[cold]
    pub(crate) fn new(kind: DecodeErrorKind) -> Self {
        Self(Box::new(Inner { kind, path: Vec::new(), id: None, source: None, is_selected: false }))
    }

    /// A path that is missing where only it was selected.
    #[cold]
    pub(crate) fn not_selected(path: Cow<'static, str>) -> Self {
        let mut error = Self::new(DecodeErrorKind::Missing).at(path);
        error.0.is_selected = true;
        error
    }

    /// An error of the caller's own, for instance from an implementation of [`Decode`](crate::codec::Decode).
    #[cold]
    pub fn custom(message: impl fmt::Display) -> Self {
        Self::new(DecodeErrorKind::Custom(message.to_string()))
    }

    /// The same, with its cause.
    #[cold]
    pub fn caused_by(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        let mut error = Self::custom(&source);
        error.0.source = Some(source);
        error
    }

    /// Adds the key or index of the value that failed; called from the inside out.
    #[cold]
    #[must_use]
    pub fn at(mut self, segment: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(segment.into());
        self
    }

    /// Adds the `_id` of the document, unless there is one.
    #[cold]
    pub(crate) fn set_document(&mut self, id: Option<Bson>) {
        if self.0.id.is_none() {
            self.0.id = id;
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// The dotted path of the value, such as `address.city` or `items.3.qty`.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path.iter().rev().map(Cow::as_ref).collect::<Vec<_>>().join(".")
    }

    /// The `_id` of the document, where it could be read.
    #[must_use]
    pub fn id(&self) -> Option<&Bson> {
        self.0.id.as_ref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path().as_str() {
            "" => f.write_str("the document")?,
            path => write!(f, "`{path}`")?,
        }
        if let Some(id) = &self.0.id {
            write!(f, " of the document with _id {id}")?;
        }
        match &self.0.kind {
            DecodeErrorKind::Type { expected, found } => write!(f, " must be {expected}, but {} is stored", name(*found)),
            DecodeErrorKind::Value { expected, found } => write!(f, " must be {expected}, but {found} is stored"),
            DecodeErrorKind::Missing if self.0.is_selected => f.write_str(
                " is missing, and a default of the model does not count where only a part of it is read: in a view, make \
                 the field an `Option` or give it a `#[field(default)]` there; in `select`, write \
                 `.expr().optional().if_null(..)`; or fill in the documents",
            ),
            DecodeErrorKind::Missing => f.write_str(
                " is missing: make the field an `Option`, give it `#[field(default)]`, or fill in the documents",
            ),
            DecodeErrorKind::UnknownKey => {
                f.write_str(" is a key that the model does not have: add a field for it, or drop `deny_unknown`")
            }
            DecodeErrorKind::Malformed(what) => write!(f, " is no valid BSON: {what}"),
            DecodeErrorKind::TooDeep => {
                write!(f, " is nested deeper than {} levels", crate::codec::MAX_DEPTH)
            }
            DecodeErrorKind::Custom(message) => write!(f, " cannot be read: {message}"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("path", &self.path())
            .field("id", &self.0.id)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::new(Kind::Decode(error))
    }
}

impl Error {
    /// Whether a stored document does not fit the model.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.is_kind(ErrorKind::Decode)
    }

    /// Where and why a stored document does not fit the model.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.kind {
            Kind::Decode(error) => Some(error),
            _ => None,
        }
    }
}

/// The name of a BSON type with its article, as the server's manual writes it.
fn name(found: ElementType) -> &'static str {
    match found {
        ElementType::Double => "a double",
        ElementType::String => "a string",
        ElementType::EmbeddedDocument => "a document",
        ElementType::Array => "an array",
        ElementType::Binary => "binary data",
        ElementType::Undefined => "undefined",
        ElementType::ObjectId => "an ObjectId",
        ElementType::Boolean => "a boolean",
        ElementType::DateTime => "a date",
        ElementType::Null => "null",
        ElementType::RegularExpression => "a regular expression",
        ElementType::DbPointer => "a DBPointer",
        ElementType::JavaScriptCode => "JavaScript code",
        ElementType::Symbol => "a symbol",
        ElementType::JavaScriptCodeWithScope => "JavaScript code with scope",
        ElementType::Int32 => "an int32",
        ElementType::Timestamp => "a timestamp",
        ElementType::Int64 => "an int64",
        ElementType::Decimal128 => "a decimal128",
        ElementType::MinKey => "a min key",
        ElementType::MaxKey => "a max key",
    }
}
