//! One value in a document, written and read.

use std::fmt::Debug;

use bson::{Bson, doc};
use odmium::codec::{
    Decode, DecodeError, DocumentReader, DocumentWriter, Encode, EncodeDocument, EncodeError, encode_to_vec,
};

/// A document whose only field is `v`.
pub(crate) struct Only<'a, T: ?Sized>(pub(crate) &'a T);

impl<T: Encode + ?Sized> EncodeDocument for Only<'_, T> {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("v", self.0);
    }
}

/// The bytes of a document with `value` as its field `v`.
pub(crate) fn write<T: Encode + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    encode_to_vec(&Only(value))
}

/// The first field of a document, or what a missing one reads as.
pub(crate) fn read<'de, T: Decode<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    match DocumentReader::new(bytes)?.next_entry()? {
        Some((_, value)) => T::decode(value),
        None => T::missing().ok_or_else(|| DecodeError::custom("no field")),
    }
}

/// Reads a value out of what the `bson` crate writes.
pub(crate) fn read_bson<T: for<'de> Decode<'de>>(value: impl Into<Bson>) -> Result<T, DecodeError> {
    read(&doc! { "v": value.into() }.to_vec().unwrap())
}

/// Asserts that `value` is stored byte for byte as the `bson` crate stores `stored`, and read back.
#[track_caller]
pub(crate) fn stored_as<T>(value: T, stored: impl Into<Bson>)
where
    T: Encode + for<'de> Decode<'de> + PartialEq + Debug,
{
    let theirs = doc! { "v": stored.into() }.to_vec().unwrap();
    let ours = write(&value).unwrap();
    assert_eq!(ours, theirs, "{value:?}");
    assert_eq!(read::<T>(&ours).unwrap(), value);
}

/// Asserts that reading `stored` as a `T` is refused, with a message that contains `part`.
#[track_caller]
pub(crate) fn refused<T: for<'de> Decode<'de> + Debug>(stored: impl Into<Bson>, part: &str) {
    let stored = stored.into();
    match read_bson::<T>(stored.clone()) {
        Ok(value) => panic!("{stored:?} was read as {value:?}"),
        Err(error) => assert!(error.to_string().contains(part), "{error}"),
    }
}
