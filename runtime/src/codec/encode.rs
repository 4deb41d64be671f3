//! From values to BSON bytes.

use mongodb::bson::{Bson, RawDocumentBuf};

use super::{DocumentReader, DocumentWriter, RawValue, Slot, Writer};
use crate::error::EncodeError;

/// A value that can be written as BSON.
///
/// Derive [`Embedded`](macro@crate::Embedded) for structs and enums; implement it by hand for a type with a form of
/// its own. An implementation fills the slot by exactly one of its methods.
///
/// # Examples
///
/// ```
/// use odmium::{
///     bson::Bson,
///     codec::{Decode, DecodeError, Encode, EncodeError, RawValue, Slot, encode_to_bson},
///     filter::Value,
/// };
///
/// /// An amount of money, stored as whole cents.
/// struct Money { cents: i64 }
///
/// impl Encode for Money {
///     fn encode(&self, slot: Slot<'_>) {
///         slot.int64(self.cents);
///     }
/// }
///
/// impl<'de> Decode<'de> for Money {
///     fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
///         Ok(Money { cents: i64::decode(value)? })
///     }
/// }
///
/// /// For filters and updates: `Order.total.gt(Money { cents: 100 })`.
/// impl Value<Money> for Money {
///     fn into_bson(self) -> Result<Bson, EncodeError> {
///         encode_to_bson(&self)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a document",
    label = "not a BSON type",
    note = "for a struct or enum of your own: add `#[derive(Embedded)]` to it",
    note = "for a type of another crate: `#[field(serde)]`, `#[field(with = module)]`, or the odmium feature of that crate"
)]
pub trait Encode {
    /// Writes the value into its slot.
    fn encode(&self, slot: Slot<'_>);

    /// Writes a slice of such values: an array, except for bytes, which are binary data.
    #[doc(hidden)]
    #[inline]
    fn encode_slice(values: &[Self], slot: Slot<'_>)
    where
        Self: Sized,
    {
        slot.array(|array| values.iter().for_each(|value| array.push(value)));
    }
}

/// A value that is a whole document: its fields can also be written into another one (`flatten`).
pub trait EncodeDocument {
    /// Writes the fields.
    fn encode_fields(&self, document: &mut DocumentWriter);
}

impl<T: EncodeDocument + ?Sized> EncodeDocument for &T {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        (**self).encode_fields(document);
    }
}

/// Encodes a document into bytes.
///
/// # Errors
///
/// When a value cannot be stored; the error names its path.
pub fn encode_to_vec<T: EncodeDocument + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::default();
    writer.document(value);
    writer.finish()
}

/// Encodes a document behind the bytes that `buf` holds already, to reuse its capacity.
///
/// # Errors
///
/// As [`encode_to_vec`]; the buffer is lost then.
pub fn encode_with<T: EncodeDocument + ?Sized>(value: &T, buf: Vec<u8>) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new(buf);
    writer.document(value);
    writer.finish()
}

/// Encodes a document for the official driver.
///
/// # Errors
///
/// As [`encode_to_vec`].
pub fn encode_to_raw<T: EncodeDocument + ?Sized>(value: &T) -> Result<RawDocumentBuf, EncodeError> {
    into_raw(encode_to_vec(value)?)
}

pub(crate) fn into_raw(bytes: Vec<u8>) -> Result<RawDocumentBuf, EncodeError> {
    RawDocumentBuf::from_bytes(bytes)
        .map_err(|error| EncodeError::new(String::new(), "the document is too large", Some(error.into())))
}

/// Encodes any value into the driver's dynamic type.
///
/// A value that writes nothing, such as `None`, gives null.
///
/// # Errors
///
/// As [`encode_to_vec`].
pub fn encode_to_bson<T: Encode + ?Sized>(value: &T) -> Result<Bson, EncodeError> {
    struct Only<'a, T: ?Sized>(&'a T);
    impl<T: Encode + ?Sized> EncodeDocument for Only<'_, T> {
        fn encode_fields(&self, document: &mut DocumentWriter) {
            document.field("", self.0);
        }
    }
    let bytes = encode_to_vec(&Only(value)).map_err(EncodeError::below_first_key)?;
    let first = DocumentReader::new(&bytes).and_then(|mut reader| reader.next_entry());
    match first.and_then(|entry| entry.map(|(_, value)| RawValue::to_bson(value)).transpose()) {
        Ok(value) => Ok(value.unwrap_or(Bson::Null)),
        Err(error) => Err(EncodeError::new(String::new(), "its bytes are no BSON", Some(error.into()))),
    }
}
