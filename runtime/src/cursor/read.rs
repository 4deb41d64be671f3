//! How the documents of a reply become what an operation gives.

use mongodb::bson::{RawDocument, RawDocumentBuf};

use crate::{
    codec::{Decode, DecodeOwned, DocumentReader, decode},
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

/// A document beside its number, as [`show_record_id`](crate::action::Find::show_record_id) asks for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbered<R>(pub(crate) R);

impl<O: 'static, R: ReadRow<O>> ReadRow<(O, i64)> for Numbered<R> {
    fn read(&self, document: &[u8]) -> Result<(O, i64), DecodeError> {
        const KEY: &str = "$recordId";
        let mut reader = DocumentReader::new(document)?;
        let mut number = None;
        while let Some((key, _)) = reader.next_entry()? {
            if key == KEY {
                number = Some(reader.value::<i64>()?);
            }
        }
        let number =
            number.ok_or_else(|| DecodeError::custom("the server gave no number of the document"))?;
        // A model that denies unknown keys need not know this one.
        let mut own = RawDocumentBuf::new();
        for field in RawDocument::from_bytes(document).map_err(DecodeError::caused_by)? {
            let (key, value) = field.map_err(DecodeError::caused_by)?;
            if key.as_str() != KEY {
                own.append(key, value);
            }
        }
        Ok((self.0.read(own.as_bytes())?, number))
    }
}
