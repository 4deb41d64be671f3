//! Which targets belong to which document, and the bytes of both together.

use std::collections::HashMap;

use mongodb::bson::{Bson, spec::ElementType};

use super::{
    key::{Key, keys_at},
    plan::{Node, Plan},
};
use crate::{
    codec::RawValue,
    error::{DecodeError, Error, MissingReference, Result},
};

/// Targets of one relation, in the order of the server, each with what is loaded with it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) documents: Vec<Vec<u8>>,
    pub(super) by_key: HashMap<Key, Vec<usize>>,
}

/// What a relation gives for one document: nothing, a document, or an array.
pub(super) type Value = Option<(ElementType, Vec<u8>)>;

impl Found {
    /// Notes the next target under its keys.
    pub(super) fn note(&mut self, index: usize, keys: Vec<RawValue<'_>>) {
        for key in keys {
            let targets = self.by_key.entry(Key::of(key)).or_default();
            if targets.last() != Some(&index) {
                targets.push(index);
            }
        }
    }

    /// What a document with these keys gets.
    pub(super) fn value(&self, plan: &Plan, row: &Row<'_>, keys: &[RawValue<'_>]) -> Result<Value> {
        let none = Vec::new();
        let targets = |key: &RawValue<'_>| self.by_key.get(&Key::of(*key)).unwrap_or(&none);
        if plan.required {
            let missing = keys.iter().find(|key| plan.unique && targets(key).is_empty());
            let nothing = (plan.single || !plan.unique) && keys.iter().all(|key| targets(key).is_empty());
            if missing.is_some() || nothing {
                return Err(row.missing(plan, missing.or_else(|| keys.first())));
            }
        }
        if plan.keyed {
            return Ok(Some((ElementType::EmbeddedDocument, self.map(plan, row)?)));
        }
        let mut indexes: Vec<usize> = keys.iter().flat_map(targets).copied().collect();
        if !plan.unique || plan.sort.is_some() {
            indexes.sort_unstable();
            indexes.dedup();
        }
        if let Some(limit) = plan.limit {
            indexes.truncate(limit as usize);
        }
        let mut documents = indexes.iter().filter_map(|index| self.documents.get(*index)).map(Vec::as_slice);
        Ok(match plan.single {
            true => documents.next().map(|document| (ElementType::EmbeddedDocument, document.to_vec())),
            false => Some((ElementType::Array, array(documents))),
        })
    }
}

impl Found {
    /// The targets under the keys of the references to them.
    fn map(&self, plan: &Plan, row: &Row<'_>) -> Result<Vec<u8>, DecodeError> {
        let mut map = vec![0; 4];
        for (name, key) in plan.entries(row.bytes)? {
            let index = self.by_key.get(&Key::of(key)).and_then(|targets| targets.first());
            if let Some(document) = index.and_then(|index| self.documents.get(*index)) {
                push_bytes(&mut map, name, ElementType::EmbeddedDocument, document);
            }
        }
        close(map)
    }
}

/// A document that something is loaded for, and its collection.
pub(super) struct Row<'r> {
    pub(super) bytes: &'r [u8],
    pub(super) collection: &'r str,
}

impl Row<'_> {
    #[cold]
    fn missing(&self, plan: &Plan, key: Option<&RawValue<'_>>) -> Error {
        let document = keys_at(self.bytes, "_id").ok().and_then(|keys| keys.first()?.to_bson().ok());
        Error::missing_reference(MissingReference {
            collection: self.collection.to_owned(),
            document: document.unwrap_or(Bson::Null),
            path: plan.local.clone(),
            target: plan.collection.clone(),
            target_path: plan.foreign.clone(),
            key: key.and_then(|key| key.to_bson().ok()),
        })
    }
}

impl Node {
    /// The document with what was loaded: as fields of it, then, where relations stand beside it, as a tuple.
    pub(super) fn build(&self, document: &[u8], values: Vec<Value>) -> Result<Vec<u8>, DecodeError> {
        let mut values = values.into_iter();
        let mut merged = document.get(..document.len().saturating_sub(1)).unwrap_or_default().to_vec();
        for (plan, value) in self.within.iter().zip(values.by_ref()) {
            push(&mut merged, &plan.key, value);
        }
        let merged = close(merged)?;
        if self.beside.is_empty() {
            return Ok(merged);
        }
        let mut tuple = vec![0; 4];
        push(&mut tuple, "_0", Some((ElementType::EmbeddedDocument, merged)));
        for (number, value) in values.enumerate() {
            push(&mut tuple, &format!("_{}", number + 1), value);
        }
        close(tuple)
    }
}

/// The documents as an array.
fn array<'d>(documents: impl Iterator<Item = &'d [u8]>) -> Vec<u8> {
    let mut array = vec![0; 4];
    for (index, document) in documents.enumerate() {
        push_bytes(&mut array, &index.to_string(), ElementType::EmbeddedDocument, document);
    }
    // An array that is too long makes the document too long, and is refused there.
    close(array).unwrap_or_else(|_| vec![5, 0, 0, 0, 0])
}

fn push(buffer: &mut Vec<u8>, key: &str, value: Value) {
    if let Some((kind, bytes)) = value {
        push_bytes(buffer, key, kind, &bytes);
    }
}

fn push_bytes(buffer: &mut Vec<u8>, key: &str, kind: ElementType, bytes: &[u8]) {
    buffer.push(kind as u8);
    buffer.extend_from_slice(key.as_bytes());
    buffer.push(0);
    buffer.extend_from_slice(bytes);
}

/// Ends a document and writes its length.
pub(super) fn close(mut buffer: Vec<u8>) -> Result<Vec<u8>, DecodeError> {
    buffer.push(0);
    let len = i32::try_from(buffer.len()).map_err(|_| {
        DecodeError::custom("what is loaded beside one document is larger than 2 GiB: set a limit")
    })?;
    if let Some(place) = buffer.get_mut(..4) {
        place.copy_from_slice(&len.to_le_bytes());
    }
    Ok(buffer)
}

pub(super) fn push_value(buffer: &mut Vec<u8>, key: &str, value: RawValue<'_>) {
    push_bytes(buffer, key, value.element_type(), value.bytes());
}
