//! Dotted paths as text: which stands within which, and what they lead to in a document.

use mongodb::bson::spec::ElementType;

use crate::{
    codec::{DocumentReader, RawValue},
    error::DecodeError,
};

/// Whether a path is another one, or leads below it.
pub(crate) fn is_within(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What a step of a path does at an array.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtArray {
    /// It ends there: the array is the value.
    End,
    /// It takes the element of its number.
    Number,
}

/// The value of a field.
pub(crate) fn field<'d>(
    mut document: DocumentReader<'d>,
    key: &str,
) -> Result<Option<RawValue<'d>>, DecodeError> {
    while let Some((found, value)) = document.next_entry()? {
        if found == key {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The value at a path.
pub(crate) fn value_at<'d>(
    document: DocumentReader<'d>,
    path: &str,
    at_array: AtArray,
) -> Result<Option<RawValue<'d>>, DecodeError> {
    let (first, mut rest) = split(path);
    let mut value = field(document, first)?;
    while let (Some(found), Some(path)) = (value, rest) {
        let inner = match (found.element_type(), at_array) {
            (ElementType::EmbeddedDocument, _) => found.document()?,
            (ElementType::Array, AtArray::Number) => found.array()?,
            (ElementType::Array, AtArray::End) => return Ok(value),
            _ => return Ok(None),
        };
        let (key, below) = split(path);
        (value, rest) = (field(inner, key)?, below);
    }
    Ok(value)
}

/// The first key, and what is left.
pub(crate) fn split(path: &str) -> (&str, Option<&str>) {
    path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)))
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{Bson, rawdoc};

    use super::{AtArray, is_within, value_at};
    use crate::codec::DocumentReader;

    #[test]
    fn a_path_is_within_itself_and_its_parents() {
        for (path, other, within) in
            [("a.b", "a.b", true), ("a.b", "a", true), ("a", "a.b", false), ("ab", "a", false)]
        {
            assert_eq!(is_within(path, other), within, "{path} in {other}");
        }
    }

    #[test]
    fn a_path_leads_through_documents_up_to_an_array() {
        let document = rawdoc! { "a": { "b": 5, "c": [1] }, "n": null };
        let to = |path: &str, at_array| {
            let reader = DocumentReader::new(document.as_bytes()).unwrap();
            value_at(reader, path, at_array).unwrap().map(|value| value.to_bson().unwrap())
        };
        let at = |path| to(path, AtArray::End);
        assert_eq!(at("a.b"), Some(Bson::Int32(5)));
        assert_eq!(at("n"), Some(Bson::Null));
        let array = Some(Bson::Array(vec![Bson::Int32(1)]));
        assert_eq!((at("a.c"), at("a.c.d")), (array.clone(), array));
        for nothing in ["x", "a.x", "a.b.c", "n.x"] {
            assert_eq!(at(nothing), None, "{nothing}");
        }
        assert_eq!(to("a.c.0", AtArray::Number), Some(Bson::Int32(1)));
        assert_eq!((to("a.c.1", AtArray::Number), to("a.c.d", AtArray::Number)), (None, None));
    }
}
