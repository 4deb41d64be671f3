//! Dotted paths as text: which stands within which, and what they lead to in a document.

use mongodb::bson::{RawBsonRef, RawDocument};

use crate::error::DecodeError;

/// Whether a path is another one, or leads below it.
pub(crate) fn is_within(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The value at a path; where the path leads through an array, that array.
pub(crate) fn value_at<'d>(
    document: &'d RawDocument,
    path: &str,
) -> Result<Option<RawBsonRef<'d>>, DecodeError> {
    let mut keys = path.split('.').peekable();
    let mut inner = document;
    while let Some(key) = keys.next() {
        match (inner.get(key).map_err(DecodeError::caused_by)?, keys.peek()) {
            (Some(RawBsonRef::Document(below)), Some(_)) => inner = below,
            (value @ Some(RawBsonRef::Array(_)), _) | (value, None) => return Ok(value),
            (_, Some(_)) => return Ok(None),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{Bson, rawdoc};

    use super::{is_within, value_at};

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
        let at = |path| value_at(&document, path).unwrap().map(|value| Bson::try_from(value).unwrap());
        assert_eq!(at("a.b"), Some(Bson::Int32(5)));
        assert_eq!(at("n"), Some(Bson::Null));
        let array = Some(Bson::Array(vec![Bson::Int32(1)]));
        assert_eq!((at("a.c"), at("a.c.d")), (array.clone(), array));
        for nothing in ["x", "a.x", "a.b.c", "n.x"] {
            assert_eq!(at(nothing), None, "{nothing}");
        }
    }
}
