//! Where a document stands in an order: the values of its sort keys.

use mongodb::bson::{Bson, Document, RawDocument, spec::ElementType};

use super::condition::class;
use crate::{
    codec::DocumentReader,
    error::{Error, Result},
    path::{AtArray, value_at},
};

/// The values of the sort keys, in the order of the keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Position {
    pub(crate) keys: Vec<Bson>,
}

impl Position {
    /// The position of a document.
    ///
    /// # Errors
    ///
    /// When it has a value in a key by which pages cannot be told apart, such as an array.
    pub(crate) fn of(document: &RawDocument, sort: &Document) -> Result<Self> {
        let keys = sort.keys().map(|path| {
            let reader = DocumentReader::new(document.as_bytes())?;
            let value = match value_at(reader, path, AtArray::End)? {
                // Of an array, only that it is one matters.
                Some(value) if value.element_type() == ElementType::Array => Bson::Array(Vec::new()),
                Some(value) => value.to_bson()?,
                None => Bson::Null,
            };
            if class(&value).is_some() {
                return Ok(value);
            }
            let id = document.get("_id").ok().flatten().and_then(|id| Bson::try_from(id).ok()).unwrap_or(Bson::Null);
            Err(Error::argument(format!(
                "pages need one plain value in each sort key, but `{path}` of the document with _id {id} holds {}: \
                 sort by another field, or leave such documents out by the filter",
                name(&value)
            )))
        });
        Ok(Self { keys: keys.collect::<Result<_>>()? })
    }
}

fn name(value: &Bson) -> &'static str {
    match value {
        Bson::Array(_) => "an array",
        Bson::Undefined => "undefined",
        Bson::RegularExpression(_) => "a regular expression",
        _ => "a value of a special type",
    }
}
