//! Enums without data: what the derives generate for them, and what is made of it.

use std::{borrow::Cow, fmt};

use super::{Decode, RawValue, Slot};
use crate::error::DecodeError;

/// An enum that is stored as the names of its variants.
pub trait Texts: Sized {
    /// The names, without former ones.
    const TEXTS: &'static [&'static str];

    /// The name.
    fn text(&self) -> &'static str;

    /// The variant of a name, also of a former one.
    fn from_text(text: &str) -> Option<Self>;
}

/// An enum that is stored as the numbers of its variants.
pub trait Numbers: Sized {
    /// The numbers.
    const NUMBERS: &'static [i64];
    /// Whether they are written as int64.
    const WIDE: bool;

    /// The number.
    fn number(&self) -> i64;

    /// The variant of a number.
    fn from_number(number: i64) -> Option<Self>;
}

/// Writes the name.
#[inline]
pub fn encode_text<T: Texts>(unit: &T, slot: Slot<'_>) {
    slot.string(unit.text());
}

/// Reads a name.
#[inline]
pub fn decode_text<T: Texts>(value: RawValue<'_>) -> Result<T, DecodeError> {
    match T::from_text(value.str()?) {
        Some(unit) => Ok(unit),
        None => Err(unknown_variant(value, T::TEXTS)),
    }
}

/// Writes the number.
pub fn encode_number<T: Numbers>(unit: &T, slot: Slot<'_>) {
    match i32::try_from(unit.number()) {
        Ok(number) if !T::WIDE => slot.int32(number),
        _ => slot.int64(unit.number()),
    }
}

/// Reads a number.
pub fn decode_number<T: Numbers>(value: RawValue<'_>) -> Result<T, DecodeError> {
    let number = i64::decode(value)?;
    T::from_number(number).ok_or_else(|| value.unfit(one_of(T::NUMBERS), number))
}

/// The key of a variant in a map: its name.
pub fn text_key<T: Texts>(unit: &T) -> Cow<'_, str> {
    Cow::Borrowed(unit.text())
}

/// The variant whose name is a key.
#[must_use]
pub fn text_of_key<T: Texts>(key: &str) -> Option<T> {
    T::from_text(key)
}

/// The key of a variant in a map: its number.
pub fn number_key<T: Numbers>(unit: &T) -> Cow<'_, str> {
    Cow::Owned(unit.number().to_string())
}

/// The variant whose number is a key.
#[must_use]
pub fn number_of_key<T: Numbers>(key: &str) -> Option<T> {
    key.parse().ok().and_then(T::from_number)
}

/// Whether a variant's number fits.
#[must_use]
pub const fn is_int32(number: i128) -> bool {
    number == number as i32 as i128
}

/// Whether a variant's number fits.
#[must_use]
pub const fn is_int64(number: i128) -> bool {
    number == number as i64 as i128
}

/// An error for a text that names no variant.
#[cold]
#[must_use]
pub(super) fn unknown_variant(value: RawValue<'_>, variants: &[&str]) -> DecodeError {
    match value.str() {
        Ok(text) => value.unfit(one_of(variants), format_args!("{text:?}")),
        Err(error) => error,
    }
}

fn one_of<T: fmt::Debug>(variants: &[T]) -> Cow<'static, str> {
    let names: Vec<String> = variants.iter().map(|variant| format!("{variant:?}")).collect();
    match names.as_slice() {
        [only] => only.clone().into(),
        _ => format!("one of {}", names.join(", ")).into(),
    }
}
