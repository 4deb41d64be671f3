//! Models of every shape, derived and run: what they are stored as, what their paths are called.

mod collisions;
mod defaults;
mod enums;
mod flatten;
mod generics;
mod names;
mod recursion;
mod rename;
mod scopes;
mod serde_attributes;
mod very_wide;
mod wide;

use odmium::{
    bson::Document,
    codec::{Decode, EncodeDocument, decode, encode_to_vec},
};

/// What a value is stored as.
#[track_caller]
fn stored(value: &impl EncodeDocument) -> Document {
    decode(&encode_to_vec(value).unwrap()).unwrap()
}

/// What a stored document reads as.
fn read<T: for<'de> Decode<'de>>(document: &Document) -> Result<T, odmium::codec::DecodeError> {
    decode(&document.to_vec().unwrap())
}

/// Asserts that `value` is stored as `document` and read from it.
#[track_caller]
fn same<T>(value: &T, document: &Document)
where
    T: EncodeDocument + for<'de> Decode<'de> + PartialEq + std::fmt::Debug,
{
    assert_eq!(stored(value), *document);
    assert_eq!(read::<T>(document).unwrap(), *value);
}
