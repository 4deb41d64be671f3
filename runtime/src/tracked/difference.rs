//! What changes one stored form of a document into another.

use std::collections::BTreeMap;

use mongodb::bson::{Bson, Document, doc, spec::ElementType};

use crate::{
    codec::{DecodeError, DocumentReader, RawValue},
    error::{Error, Result},
};

/// The changes, by dotted path.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Difference {
    set: Document,
    unset: Document,
}

impl Difference {
    /// What makes `before` into `now`, both as bytes. A nested document that is not in `stored` is set whole.
    ///
    /// # Errors
    ///
    /// When a key of the document itself has changed that an update cannot name.
    pub(super) fn new(before: &[u8], now: &[u8], stored: &Document) -> Result<Self> {
        let (before, now) = (DocumentReader::new(before)?, DocumentReader::new(now)?);
        compare("", before, now, stored)?.map_err(|key| {
            Error::argument(format!(
                "the key {key:?} has changed, which an update cannot name (it is empty, has a dot or starts with `$`): \
                 use `replace_one`"
            ))
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty() && self.unset.is_empty()
    }

    /// Leaves out a key.
    pub(super) fn forget(&mut self, key: &str) {
        self.set.remove(key);
        self.unset.remove(key);
    }

    /// Whether it writes a key, or below it.
    pub(super) fn writes(&self, key: &str) -> bool {
        let mut paths = self.set.keys().chain(self.unset.keys());
        paths.any(|path| path.split('.').next() == Some(key))
    }

    /// The update, unless there is none.
    pub(crate) fn into_update(self) -> Option<Document> {
        let parts = [("$set", self.set), ("$unset", self.unset)];
        let update: Document = parts
            .into_iter()
            .filter(|(_, part)| !part.is_empty())
            .map(|(op, part)| (op.to_owned(), part.into()))
            .collect();
        (!update.is_empty()).then_some(update)
    }

    /// The update that `into_update` gives, by reference.
    pub(crate) fn update(&self) -> Document {
        Self { set: self.set.clone(), unset: self.unset.clone() }.into_update().unwrap_or_default()
    }

    /// Does to a document what the update does to the stored one.
    pub(super) fn apply(self, stored: &mut Document) {
        for (path, value) in self.set {
            let (parent, key) = parent(stored, &path);
            parent.insert(key, value);
        }
        for path in self.unset.keys() {
            let (parent, key) = parent(stored, path);
            parent.remove(key);
        }
    }

    fn join(&mut self, more: Self) {
        self.set.extend(more.set);
        self.unset.extend(more.unset);
    }
}

fn parent<'d, 'p>(mut document: &'d mut Document, path: &'p str) -> (&'d mut Document, &'p str) {
    let (parents, key) = path.rsplit_once('.').map_or((None, path), |(parents, key)| (Some(parents), key));
    for key in parents.into_iter().flat_map(|parents| parents.split('.')) {
        let below = document.entry(key).or_insert_with(|| doc! {}.into());
        if below.as_document().is_none() {
            *below = doc! {}.into();
        }
        match below {
            Bson::Document(below) => document = below,
            _ => unreachable!("it was made a document"),
        }
    }
    (document, key)
}

/// The difference of two documents; the inner error is a key that a path cannot name.
fn compare(
    prefix: &str,
    mut before: DocumentReader<'_>,
    mut now: DocumentReader<'_>,
    stored: &Document,
) -> Result<Result<Difference, String>, DecodeError> {
    let mut old: BTreeMap<&str, RawValue<'_>> = BTreeMap::new();
    while let Some((key, value)) = before.next_entry()? {
        old.insert(key, value);
    }
    let mut difference = Difference::default();
    while let Some((key, value)) = now.next_entry()? {
        let old = old.remove(key);
        if old.is_some_and(|old| old.element_type() == value.element_type() && old.bytes() == value.bytes()) {
            continue;
        }
        if !can_be_named(key) {
            return Ok(Err(key.to_owned()));
        }
        let path = format!("{prefix}{key}");
        if let (Some(old), Some(Bson::Document(stored))) = (old, stored.get(key))
            && old.element_type() == ElementType::EmbeddedDocument
            && value.element_type() == ElementType::EmbeddedDocument
            && let Ok(inner) = compare(&format!("{path}."), old.document()?, value.document()?, stored)?
        {
            difference.join(inner);
        } else {
            difference.set.insert(path, value.to_bson()?);
        }
    }
    for key in old.into_keys() {
        if !can_be_named(key) {
            return Ok(Err(key.to_owned()));
        }
        difference.unset.insert(format!("{prefix}{key}"), "");
    }
    Ok(Ok(difference))
}

fn can_be_named(key: &str) -> bool {
    !key.is_empty() && !key.contains('.') && !key.starts_with('$')
}

#[cfg(test)]
mod tests {
    use mongodb::bson::{Document, doc};

    use super::Difference;
    use crate::codec::encode_to_vec;

    fn difference(before: &Document, now: &Document) -> crate::Result<Difference> {
        Difference::new(&encode_to_vec(before)?, &encode_to_vec(now)?, before)
    }

    #[test]
    fn nested_documents_differ_by_field_and_arrays_as_a_whole() {
        let cases = [
            (doc! { "a": 1 }, doc! { "a": 1 }, doc! {}),
            (doc! { "a": 1 }, doc! { "a": 2, "b": 1 }, doc! { "$set": { "a": 2, "b": 1 } }),
            (doc! { "a": 1, "b": 1 }, doc! { "a": 1 }, doc! { "$unset": { "b": "" } }),
            (doc! { "a": 1 }, doc! { "a": 1_i64 }, doc! { "$set": { "a": 1_i64 } }),
            (doc! { "a": f64::NAN }, doc! { "a": f64::NAN }, doc! {}),
            (doc! { "a": 1, "b": 2 }, doc! { "b": 2, "a": 1 }, doc! {}),
            (doc! { "a": [1, 2] }, doc! { "a": [1, 3] }, doc! { "$set": { "a": [1, 3] } }),
            (
                doc! { "a": { "b": { "c": 1, "d": 1 } } },
                doc! { "a": { "b": { "c": 2 } } },
                doc! { "$set": { "a.b.c": 2 }, "$unset": { "a.b.d": "" } },
            ),
            (doc! { "a": { "b": 1 } }, doc! { "a": null }, doc! { "$set": { "a": null } }),
            (
                doc! { "a": { "x.y": 1, "b": 1 } },
                doc! { "a": { "x.y": 1, "b": 2 } },
                doc! { "$set": { "a.b": 2 } },
            ),
            (
                doc! { "a": { "x.y": 1, "b": 1 } },
                doc! { "a": { "x.y": 2, "b": 1 } },
                doc! { "$set": { "a": { "x.y": 2, "b": 1 } } },
            ),
            (
                doc! { "a": { "m": { "$x": 1 } } },
                doc! { "a": { "m": { "": 1 } } },
                doc! { "$set": { "a.m": { "": 1 } } },
            ),
        ];
        for (before, now, expected) in cases {
            let difference = difference(&before, &now).expect("nameable");
            assert_eq!(difference.update(), expected, "{before} to {now}");
            let mut applied = before.clone();
            difference.apply(&mut applied);
            let is_same = applied.len() == now.len() && now.keys().all(|key| applied.contains_key(key));
            assert!(is_same, "{applied} is not {now}");
        }
    }

    #[test]
    fn a_key_that_no_path_can_name_is_an_error_at_the_top() {
        for key in ["a.b", "$a", ""] {
            let error = difference(&doc! { key: 1 }, &doc! { key: 2 }).expect_err(key);
            assert!(error.is_argument() && error.to_string().contains("replace_one"), "{error}");
        }
    }

    #[test]
    fn a_nested_document_that_is_not_stored_is_set_whole() {
        let (before, now) = (doc! { "a": { "b": 1, "c": 1 } }, doc! { "a": { "b": 2, "c": 1 } });
        let bytes = |document| encode_to_vec(document).expect("encodes");
        for stored in [doc! {}, doc! { "a": null }] {
            let difference = Difference::new(&bytes(&before), &bytes(&now), &stored).expect("nameable");
            assert_eq!(difference.update(), doc! { "$set": { "a": { "b": 2, "c": 1 } } });
        }
    }
}
