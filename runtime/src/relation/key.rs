//! The values that relations go by, read from the bytes of documents.

use mongodb::bson::spec::ElementType;

use crate::{
    codec::{DocumentReader, RawValue},
    error::DecodeError,
    path::{field, split},
};

/// A value as a key: two values that the server takes for equal are one key.
///
/// Numbers are equal across their types. Inside of documents, and for a decimal128, bytes are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    ObjectId([u8; 12]),
    Integer(i64),
    /// The type, and the bytes.
    Other(u8, Box<[u8]>),
}

impl Key {
    pub(crate) fn of(value: RawValue<'_>) -> Self {
        let (kind, bytes) = (value.element_type(), value.bytes());
        let integer = match kind {
            ElementType::ObjectId => bytes.try_into().ok().map(Self::ObjectId),
            ElementType::Int32 => {
                bytes.try_into().ok().map(|it| Self::Integer(i32::from_le_bytes(it).into()))
            }
            ElementType::Int64 => bytes.try_into().ok().map(|it| Self::Integer(i64::from_le_bytes(it))),
            ElementType::Double => bytes.try_into().ok().map(f64::from_le_bytes).and_then(whole),
            _ => None,
        };
        integer.unwrap_or_else(|| Self::Other(kind as u8, bytes.into()))
    }
}

/// A double that is an integer, as one.
fn whole(double: f64) -> Option<Key> {
    // Beyond 2^53 not every integer is a double, so that none is taken for another.
    let integer = double as i64;
    (double.abs() <= 9_007_199_254_740_992.0 && integer as f64 == double).then_some(Key::Integer(integer))
}

/// The keys at a path, in their order: each element of an array is one, null and what is missing is none.
pub(crate) fn keys_at<'d>(document: &'d [u8], path: &str) -> Result<Vec<RawValue<'d>>, DecodeError> {
    let mut keys = Vec::new();
    in_document(DocumentReader::new(document)?, path, &mut keys)?;
    Ok(keys)
}

fn in_document<'d>(
    document: DocumentReader<'d>,
    path: &str,
    keys: &mut Vec<RawValue<'d>>,
) -> Result<(), DecodeError> {
    let (first, rest) = split(path);
    match field(document, first)? {
        Some(value) => in_value(value, rest.unwrap_or_default(), keys),
        None => Ok(()),
    }
}

fn in_value<'d>(value: RawValue<'d>, path: &str, keys: &mut Vec<RawValue<'d>>) -> Result<(), DecodeError> {
    match (value.element_type(), path) {
        (ElementType::Null | ElementType::Undefined, _) => Ok(()),
        (ElementType::Array, path) => {
            let mut elements = value.array()?;
            let (number, _) = split(path);
            if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
                return in_document(elements, path, keys);
            }
            while let Some((_, element)) = elements.next_entry()? {
                // The server looks into the arrays of a path, not into arrays within arrays.
                if element.element_type() != ElementType::Array {
                    in_value(element, path, keys)?;
                }
            }
            Ok(())
        }
        (_, "") => {
            keys.push(value);
            Ok(())
        }
        (ElementType::EmbeddedDocument, path) => in_document(value.document()?, path, keys),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{RawDocumentBuf, doc};

    use super::{Key, keys_at};

    fn keys(document: &mongodb::bson::Document, path: &str) -> Vec<Key> {
        let raw = RawDocumentBuf::try_from(document).unwrap();
        keys_at(raw.as_bytes(), path).unwrap().into_iter().map(Key::of).collect()
    }

    #[test]
    fn paths_lead_through_documents_and_arrays() {
        let document = doc! { "a": { "b": [{ "c": 1 }, { "c": [2, 3] }, { "d": 0 }] }, "n": null };
        assert_eq!(keys(&document, "a.b.c"), [1, 2, 3].map(Key::Integer));
        assert_eq!(keys(&document, "a.b.1.c"), [2, 3].map(Key::Integer));
        assert!(keys(&document, "n").is_empty() && keys(&document, "x.y").is_empty());
    }

    #[test]
    fn numbers_are_equal_across_types() {
        let all = keys(&doc! { "a": [7, 7_i64, 7.0, 7.5, "7"] }, "a");
        assert_eq!(all[..3], [Key::Integer(7), Key::Integer(7), Key::Integer(7)]);
        assert!(!all[3..].contains(&Key::Integer(7)));
    }
}
