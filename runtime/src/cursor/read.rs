//! How the documents of a reply become what an operation gives.

use crate::{
    codec::{Decode, DecodeOwned, decode},
    error::DecodeError,
    model::Record,
};

/// What can be read from bytes that a batch lends: models and views.
pub trait Lend: 'static {
    /// The type as it is read from bytes that live for `'de`: itself, or the same with borrowed fields.
    type Borrowed<'de>: Decode<'de>;
}

#[diagnostic::do_not_recommend]
impl<D: Record> Lend for D {
    type Borrowed<'de> = D::Borrowed<'de>;
}

/// Reads an `O` from a document of a reply.
pub trait ReadRow<O: 'static>: Clone + Send + Sync + 'static {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When a field is missing or does not fit.
    fn read(&self, document: &[u8]) -> Result<O, DecodeError>;
}

/// The whole document by the codec of its type, as it is without a selection and for views.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whole;

impl<O: DecodeOwned + 'static> ReadRow<O> for Whole {
    #[inline]
    fn read(&self, document: &[u8]) -> Result<O, DecodeError> {
        decode(document)
    }
}
