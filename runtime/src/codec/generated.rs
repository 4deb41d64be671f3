//! What the derives call: the logic behind generated code, written once.

use std::{borrow::Cow, fmt};

use super::{
    Decode, DecodeDocument, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot,
    bridge::Bridge, maps::Rest,
};
use crate::{
    error::{DecodeError, DecodeErrorKind},
    path::Keys,
};

/// A field type: written and read. One trait for both, so that a field of a type that is neither gives one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a document",
    label = "not a BSON type",
    note = "a struct or enum of your own: add `#[derive(Embedded)]` to it",
    note = "`u64`, `usize`, `u128`, `Duration`: write `#[field(as = i64)]` or another type to decide how it is stored",
    note = "a type of another crate: `#[field(serde)]`, `#[field(with = module)]`, or the odmium feature of that crate"
)]
pub trait Stored<'de>: Sized {
    /// Writes the field; `header` is the element's first bytes: `b"\0name\0"`.
    fn write(&self, document: &mut DocumentWriter<'_>, header: &'static [u8]);

    /// Reads the field if it is the next one; for all fields in turn, before the loop over those that remain.
    fn take(
        place: &mut Option<Self>,
        document: &mut DocumentReader<'de>,
        header: &'static [u8],
    ) -> Result<(), DecodeError>;

    /// Reads the field that the reader stands at.
    fn read(document: &DocumentReader<'de>) -> Result<Self, DecodeError>;

    /// What the field is when it was not found.
    fn missing(key: &'static str) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<'de, T: Encode + Decode<'de>> Stored<'de> for T {
    #[inline]
    fn write(&self, document: &mut DocumentWriter<'_>, header: &'static [u8]) {
        self.encode(document.header(header));
    }

    #[expect(clippy::inline_always, reason = "as `DocumentReader::take`")]
    #[inline(always)]
    fn take(
        place: &mut Option<Self>,
        document: &mut DocumentReader<'de>,
        header: &'static [u8],
    ) -> Result<(), DecodeError> {
        document.take(header, place)
    }

    // Not inlined: this is the way of fields out of order, and the code of a model should stay small.
    #[inline(never)]
    fn read(document: &DocumentReader<'de>) -> Result<Self, DecodeError> {
        document.value()
    }

    #[inline]
    fn missing(key: &'static str) -> Result<Self, DecodeError> {
        require(T::missing(), key)
    }
}

/// The same over a bridge.
pub mod bridged {
    use super::{Bridge, DecodeError, DocumentReader, DocumentWriter};

    /// Writes the field.
    pub fn write<B: Bridge<T>, T>(value: &T, document: &mut DocumentWriter<'_>, header: &'static [u8]) {
        B::encode(value, document.header(header));
    }

    /// Reads the field if it is the next one.
    pub fn take<B: Bridge<T>, T>(
        place: &mut Option<T>,
        document: &mut DocumentReader<'_>,
        header: &'static [u8],
    ) -> Result<(), DecodeError> {
        if document.advance_to(header)? {
            *place = Some(read::<B, T>(document)?);
        }
        Ok(())
    }

    /// Reads the field that the reader stands at.
    pub fn read<B: Bridge<T>, T>(document: &DocumentReader<'_>) -> Result<T, DecodeError> {
        B::decode(document.raw()).map_err(|error| document.here(error))
    }

    /// What the field is when it was not found.
    pub fn missing<B: Bridge<T>, T>(key: &'static str) -> Result<T, DecodeError> {
        super::require(B::missing(), key)
    }
}

/// The value of a field that was not found.
#[inline]
fn require<T>(missing: Option<T>, key: &'static str) -> Result<T, DecodeError> {
    missing.ok_or_else(|| DecodeError::new(DecodeErrorKind::Missing).at(key))
}

impl<'de> DocumentReader<'de> {
    /// The position of the next key among those of the model `M`; any other number is an unknown key.
    #[doc(hidden)]
    #[inline]
    pub fn next_field(&mut self, keys: &'static [&'static str]) -> Result<Option<usize>, DecodeError> {
        self.next_known(keys)
    }
}

/// Writes a derived document as a value.
#[inline]
pub fn encode_document<T: EncodeDocument + ?Sized>(value: &T, slot: Slot<'_>) {
    slot.document(|document| value.encode_fields(document));
}

/// Reads a derived document from a value.
#[inline]
pub fn decode_document<'de, T: DecodeDocument<'de>>(value: RawValue<'de>) -> Result<T, DecodeError> {
    T::decode_fields(&mut value.document()?)
}

pub use super::encode::encode_to_bson;

/// A field whose keys stand among those of the outer document.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened",
    label = "neither a derived struct nor a map",
    note = "a struct: add `#[derive(Embedded)]` to it; a map takes the keys that no other field knows"
)]
pub trait Flatten<'de>: Sized {
    /// Writes the keys.
    fn write(&self, document: &mut DocumentWriter<'_>);

    /// Reads the keys; `known` tells those that belong to other fields.
    fn read(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError>;

    /// Whether a key belongs to this field.
    fn knows(key: &str) -> bool;
}

impl<'de, T: EncodeDocument + DecodeDocument<'de> + Keys> Flatten<'de> for T {
    fn write(&self, document: &mut DocumentWriter<'_>) {
        self.encode_fields(document);
    }

    fn read(document: &DocumentReader<'de>, _: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError> {
        T::decode_fields(&mut document.restart())
    }

    fn knows(key: &str) -> bool {
        T::KEYS.contains(&key)
    }
}

macro_rules! rest {
    ($(($($generics:tt)*) $map:ty;)*) => {$(
        impl<'de, $($generics)*> Flatten<'de> for $map
        where
            Self: EncodeDocument + Rest<'de>,
        {
            fn write(&self, document: &mut DocumentWriter<'_>) {
                self.encode_fields(document);
            }

            fn read(document: &DocumentReader<'de>, known: &dyn Fn(&str) -> bool) -> Result<Self, DecodeError> {
                Self::collect(document, known)
            }

            fn knows(_: &str) -> bool {
                false
            }
        }
    )*};
}

rest! {
    (K, V, S) std::collections::HashMap<K, V, S>;
    (K, V) std::collections::BTreeMap<K, V>;
    () mongodb::bson::Document;
}

/// The variant that a tag names, as a position in `variants`.
pub fn read_tag(
    document: &DocumentReader<'_>,
    tag: &'static str,
    variants: &'static [&'static str],
) -> Result<usize, DecodeError> {
    let mut reader = document.restart();
    while let Some((key, _)) = reader.next_entry()? {
        if key == tag {
            let text: &str = reader.value()?;
            return match variants.iter().position(|variant| *variant == text) {
                Some(index) => Ok(index),
                None => Err(reader.here(unknown_variant(reader.raw(), variants))),
            };
        }
    }
    Err(DecodeError::new(DecodeErrorKind::Missing).at(tag))
}

/// Passes the tag, which stands before the fields of a variant.
pub fn skip_tag(document: &mut DocumentReader<'_>, header: &'static [u8]) -> Result<(), DecodeError> {
    document.advance_to(header).map(drop)
}

/// An error for a text that names no variant.
#[cold]
#[must_use]
pub fn unknown_variant(value: RawValue<'_>, variants: &[&str]) -> DecodeError {
    match value.str() {
        Ok(text) => value.unfit(one_of(variants), format_args!("{text:?}")),
        Err(error) => error,
    }
}

/// An error for a number that stands for no variant.
#[cold]
#[must_use]
pub fn unknown_number(value: RawValue<'_>, number: i64, variants: &[i64]) -> DecodeError {
    value.unfit(one_of(variants), number)
}

fn one_of<T: fmt::Debug>(variants: &[T]) -> Cow<'static, str> {
    let names: Vec<String> = variants.iter().map(|variant| format!("{variant:?}")).collect();
    match names.as_slice() {
        [only] => only.clone().into(),
        _ => format!("one of {}", names.join(", ")).into(),
    }
}

/// An error for a key that the model does not have.
#[cold]
#[must_use]
pub fn unknown_key(document: &DocumentReader<'_>) -> DecodeError {
    document.here(DecodeError::new(DecodeErrorKind::UnknownKey))
}

/// Writes the tag of a variant.
pub fn write_text(document: &mut DocumentWriter<'_>, header: &'static [u8], text: &str) {
    document.header(header).string(text);
}

/// Writes a variant that is stored as a number: int32 where it fits.
pub fn write_number(slot: Slot<'_>, number: i64) {
    match i32::try_from(number) {
        Ok(number) => slot.int32(number),
        Err(_) => slot.int64(number),
    }
}
