//! What the derives call: the logic behind generated code, written once.

use super::{
    Decode, DecodeDocument, DocumentReader, DocumentWriter, Encode, EncodeDocument, RawValue, Slot,
    bridge::Bridge, units::unknown_variant,
};
use crate::error::{DecodeError, DecodeErrorKind};

/// What a field can hold: every type that is [`Encode`] and [`Decode`].
///
/// One trait for both, so that a field of a type that is neither gives one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a document",
    label = "not a BSON type",
    note = "a struct or enum of your own, also within a list or map: add `#[derive(Embedded)]` to it",
    note = "`u64`, `usize`, `u128` and `Duration` have no BSON type: decide how they are stored by `#[field(as = ..)]`",
    note = "a type of another crate: write `#[field(serde)]` or `#[field(with = module)]`, or use odmium's feature for it",
    note = "a map: its keys are texts, integers, ids or enums without data"
)]
pub trait Stored<'de>: Sized {
    /// Writes the field; `header` is the element's first bytes: `b"\0name\0"`.
    #[doc(hidden)]
    fn write(&self, document: &mut DocumentWriter, header: &'static [u8]);

    /// Reads the field if it is the next one; tried for each field in turn, before the loop over those that are left.
    #[doc(hidden)]
    fn take(
        document: &mut DocumentReader<'de>,
        header: &'static [u8],
        place: &mut Option<Self>,
    ) -> Result<(), DecodeError>;

    /// Reads the field that the reader stands at.
    ///
    /// Into its place: `?` on a value for each field would leave a place for each on the unoptimised stack, and
    /// recursive models have little of it.
    #[doc(hidden)]
    fn read(document: &DocumentReader<'de>, place: &mut Option<Self>) -> Result<(), DecodeError>;

    /// The field that was found, or what it is when it was not.
    #[doc(hidden)]
    fn require(found: Option<Self>, key: &'static str) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<'de, T: Encode + Decode<'de>> Stored<'de> for T {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write(&self, document: &mut DocumentWriter, header: &'static [u8]) {
        self.encode(document.header(header));
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take(
        document: &mut DocumentReader<'de>,
        header: &'static [u8],
        place: &mut Option<Self>,
    ) -> Result<(), DecodeError> {
        document.take(header, place)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn read(document: &DocumentReader<'de>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(out_of_order(document)?);
        Ok(())
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn require(found: Option<Self>, key: &'static str) -> Result<Self, DecodeError> {
        match found {
            Some(value) => Ok(value),
            None => T::missing().ok_or_else(|| missing(key)),
        }
    }
}

/// The same over a bridge.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be stored this way",
    label = "not stored by this attribute",
    note = "`#[field(serde)]` is for types with `Serialize` and `DeserializeOwned`",
    note = "`#[field(as = ..)]` is for integers (`i64`, `Decimal128`, `String`), durations (`i64` milliseconds, `f64` \
            seconds), and types with `odmium::codec::StoreAs`"
)]
pub trait StoredBy<B>: Sized {
    /// As [`Stored::write`].
    fn write(&self, document: &mut DocumentWriter, header: &'static [u8]);

    /// As [`Stored::take`].
    fn take(
        document: &mut DocumentReader<'_>,
        header: &'static [u8],
        place: &mut Option<Self>,
    ) -> Result<(), DecodeError>;

    /// As [`Stored::read`].
    fn read(document: &DocumentReader<'_>, place: &mut Option<Self>) -> Result<(), DecodeError>;

    /// As [`Stored::require`].
    fn require(found: Option<Self>, key: &'static str) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<T, B: Bridge<T>> StoredBy<B> for T {
    fn write(&self, document: &mut DocumentWriter, header: &'static [u8]) {
        B::encode(self, document.header(header));
    }

    fn take(
        document: &mut DocumentReader<'_>,
        header: &'static [u8],
        place: &mut Option<Self>,
    ) -> Result<(), DecodeError> {
        match document.advance_to(header)? {
            true => <Self as StoredBy<B>>::read(document, place),
            false => Ok(()),
        }
    }

    fn read(document: &DocumentReader<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(B::decode(document.raw()).map_err(|error| document.here(error))?);
        Ok(())
    }

    fn require(found: Option<Self>, key: &'static str) -> Result<Self, DecodeError> {
        found.or_else(B::missing).ok_or_else(|| missing(key))
    }
}

/// Reads a field that is not where the model would have written it.
// Not inlined, so that the code of a model stays small; by value, so that the places need no address.
#[inline(never)]
fn out_of_order<'de, T: Decode<'de>>(document: &DocumentReader<'de>) -> Result<T, DecodeError> {
    document.value()
}

#[cold]
fn missing(key: &'static str) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Missing).at(key)
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

/// The variant that a tag names, as a position in `variants`.
pub fn read_tag(
    document: &DocumentReader<'_>,
    tag: &'static str,
    variants: &'static [&'static str],
) -> Result<usize, DecodeError> {
    match at_tag(document, tag)? {
        None => Err(DecodeError::new(DecodeErrorKind::Missing).at(tag)),
        Some(reader) => position_of_tag(&reader, variants)?
            .ok_or_else(|| reader.here(unknown_variant(reader.raw(), variants))),
    }
}

/// The same where a variant takes the other documents: `None` is for it.
pub fn find_tag(
    document: &DocumentReader<'_>,
    tag: &'static str,
    variants: &'static [&'static str],
) -> Result<Option<usize>, DecodeError> {
    let Some(reader) = at_tag(document, tag)? else { return Ok(None) };
    // A tag of another type is one that no variant has.
    Ok(position_of_tag(&reader, variants).ok().flatten())
}

fn at_tag<'de>(
    document: &DocumentReader<'de>,
    tag: &'static str,
) -> Result<Option<DocumentReader<'de>>, DecodeError> {
    let mut reader = document.restart();
    while let Some((key, _)) = reader.next_entry()? {
        if key == tag {
            return Ok(Some(reader));
        }
    }
    Ok(None)
}

fn position_of_tag(
    reader: &DocumentReader<'_>,
    variants: &'static [&'static str],
) -> Result<Option<usize>, DecodeError> {
    let text: &str = reader.value()?;
    Ok(variants.iter().position(|variant| *variant == text))
}

/// Passes the tag, which stands before the fields of a variant.
pub fn skip_tag(document: &mut DocumentReader<'_>, header: &'static [u8]) -> Result<(), DecodeError> {
    document.advance_to(header).map(drop)
}

/// Refuses a key that the model does not have, unless others read this document as well (`flatten`, a variant).
pub fn unknown_key(document: &DocumentReader<'_>) -> Result<(), DecodeError> {
    match document.is_shared() {
        true => Ok(()),
        false => Err(document.here(DecodeError::new(DecodeErrorKind::UnknownKey))),
    }
}

/// Writes the tag of a variant.
pub fn write_text(document: &mut DocumentWriter, header: &'static [u8], text: &str) {
    document.header(header).string(text);
}
