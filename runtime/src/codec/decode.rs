//! From BSON bytes to values.

use mongodb::bson::{Bson, RawDocument, spec::ElementType};

use super::{DocumentReader, RawValue};
use crate::error::DecodeError;

/// A value that can be read from BSON.
///
/// `'de` is the lifetime of the bytes: `&'de str` borrows from them, `String` copies.
/// Derive [`Embedded`](macro@crate::Embedded) for structs and enums; see [`Encode`](super::Encode) for a type written by
/// hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a document",
    label = "not a BSON type, or one that borrows from the bytes longer than they live",
    note = "for a struct or enum of your own: add `#[derive(Embedded)]` to it",
    note = "for a type of another crate: `#[field(serde)]`, `#[field(with = module)]`, or the odmium feature of that crate"
)]
pub trait Decode<'de>: Sized {
    /// The type of nearly every such value: generated code tries it first.
    #[doc(hidden)]
    const LIKELY: Option<ElementType> = None;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the stored value does not fit, see [`RawValue::mismatch`] and [`RawValue::unfit`].
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError>;

    /// What a field that is not in the document reads as; `None` makes it an error.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }

    /// Reads many such values: an array, or binary data for bytes.
    #[doc(hidden)]
    #[inline]
    fn decode_vec(value: RawValue<'de>) -> Result<Vec<Self>, DecodeError> {
        super::containers::elements(value)
    }
}

/// A value that borrows nothing from the bytes.
///
/// Implemented for every type that is [`Decode`] for any lifetime.
#[diagnostic::on_unimplemented(
    message = "`{Self}` borrows from the bytes, or is not a BSON type",
    label = "an owned value is needed here",
    note = "read a borrowed model with `Batch::iter`, which lends its bytes"
)]
pub trait DecodeOwned: for<'de> Decode<'de> {}

#[diagnostic::do_not_recommend]
impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// A value that is a whole document, read field by field.
pub trait DecodeDocument<'de>: Sized {
    /// Reads the fields.
    ///
    /// # Errors
    ///
    /// When a field is missing or does not fit.
    fn decode_fields(document: &mut DocumentReader<'de>) -> Result<Self, DecodeError>;
}

/// Decodes a whole document.
///
/// # Errors
///
/// When the bytes are no BSON or do not fit the model; the error names the dotted path, what was expected, what was
/// found, and the `_id` of the document.
#[inline]
pub fn decode<'de, T: Decode<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    let value = RawValue { kind: ElementType::EmbeddedDocument, bytes, depth: 0 };
    // Changed in its place, as a `match` would copy the value.
    let mut result = T::decode(value);
    if let Err(error) = &mut result {
        error.set_document(id_of(bytes));
    }
    result
}

/// Decodes a whole document of the driver.
///
/// # Errors
///
/// As [`decode`].
pub fn decode_raw<'de, T: Decode<'de>>(document: &'de RawDocument) -> Result<T, DecodeError> {
    decode(document.as_bytes())
}

/// Decodes a value of the driver's dynamic type.
///
/// # Errors
///
/// As [`decode`].
pub fn decode_bson<T: DecodeOwned>(value: &Bson) -> Result<T, DecodeError> {
    decode_with(value, |value| T::decode(value)).map_err(|mut error| {
        error.set_document(value.as_document().and_then(|document| document.get("_id")).cloned());
        error
    })
}

/// The same by a function.
pub(crate) fn decode_with<T>(
    value: &Bson,
    decode: impl FnOnce(RawValue<'_>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let bytes = super::encode_to_vec(&Only(value)).map_err(DecodeError::caused_by)?;
    match DocumentReader::new(&bytes)?.next_entry()? {
        Some((_, stored)) => decode(stored),
        None => Err(DecodeError::custom("there is no value")),
    }
}

struct Only<'a>(&'a Bson);

impl super::EncodeDocument for Only<'_> {
    fn encode_fields(&self, document: &mut super::DocumentWriter) {
        document.field("", self.0);
    }
}

#[cold]
fn id_of(bytes: &[u8]) -> Option<Bson> {
    let mut reader = DocumentReader::new(bytes).ok()?;
    while let Some((key, value)) = reader.next_entry().ok()? {
        if key == "_id" {
            return value.to_bson().ok();
        }
    }
    None
}
