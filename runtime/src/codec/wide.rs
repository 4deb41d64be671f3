//! What generated code calls for models of many fields: one function for each type, not one copy for each field.
//!
//! The fields of other models are read and written in place, which is faster. But the optimiser takes time that grows
//! with the square of the places that one function holds, so that a model of 250 fields would keep it busy for minutes.

use super::{DocumentReader, DocumentWriter};
use crate::error::{DecodeError, DecodeErrorKind};

/// Writes a field by `write`.
#[inline(never)]
pub fn write<T>(
    write: impl FnOnce(&T, &mut DocumentWriter, &'static [u8]),
    value: &T,
    document: &mut DocumentWriter,
    header: &'static [u8],
) {
    write(value, document, header);
}

/// Reads a field by `take`, if it is the next one.
#[inline(never)]
pub fn take<'de, T>(
    take: impl FnOnce(&mut DocumentReader<'de>, &'static [u8], &mut Option<T>) -> Result<(), DecodeError>,
    document: &mut DocumentReader<'de>,
    header: &'static [u8],
    place: &mut Option<T>,
) -> Result<(), DecodeError> {
    take(document, header, place)
}

/// Reads the field that the reader stands at by `read`.
#[inline(never)]
pub fn read<'de, T>(
    read: impl FnOnce(&DocumentReader<'de>, &mut Option<T>) -> Result<(), DecodeError>,
    document: &DocumentReader<'de>,
    place: &mut Option<T>,
) -> Result<(), DecodeError> {
    read(document, place)
}

/// Fills a place with what the field is when it was not found, or fails.
// In the place: values on their way would each need a flag on every way out, whether they are to be dropped.
#[inline(never)]
pub fn require<T>(
    require: impl FnOnce(Option<T>, &'static str) -> Result<T, DecodeError>,
    place: &mut Option<T>,
    key: &'static str,
) -> Result<(), DecodeError> {
    *place = Some(require(place.take(), key)?);
    Ok(())
}

/// The error of a place that is empty after all were filled, which does not happen.
#[cold]
#[must_use]
pub fn incomplete() -> DecodeError {
    DecodeError::new(DecodeErrorKind::Missing)
}
