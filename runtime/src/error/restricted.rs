//! Documents that others refer to are not deleted.

use std::fmt;

use mongodb::bson::Bson;

use super::{Error, ErrorKind, Kind};

/// Which rule of which model keeps documents from being deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Restricted {
    /// The collection of the documents that were to be deleted.
    pub target: String,
    /// The model whose documents refer to them, as it is named in the program.
    pub model: &'static str,
    /// Its collection.
    pub collection: String,
    /// The `_id` of the first of the documents that refer to them.
    pub document: Bson,
    /// The path of the references.
    pub path: String,
    /// How many documents refer to them.
    pub count: u64,
}

impl fmt::Display for Restricted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target, model, collection, document, path, count } = self;
        let documents = match count {
            1 => format!(
                "the document with the `_id` {document} of `{model}` (collection `{collection}`) refers"
            ),
            count => format!(
                "{count} documents of `{model}` (collection `{collection}`), one with the `_id` {document}, refer"
            ),
        };
        write!(
            f,
            "nothing was deleted: {documents} to what would go from `{target}` by `{path}`, which is declared `on_delete = \
             \"restrict\"`: delete or change them first"
        )
    }
}

impl Error {
    pub(crate) fn restricted(restricted: Restricted) -> Self {
        Self::new(Kind::Restricted(Box::new(restricted)))
    }

    /// Whether documents were not deleted, as others refer to them by a field with `on_delete = "restrict"`.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.is_kind(ErrorKind::Restricted)
    }

    /// Which rule kept them.
    #[must_use]
    pub fn restricted_details(&self) -> Option<&Restricted> {
        match &self.0.kind {
            Kind::Restricted(restricted) => Some(restricted),
            _ => None,
        }
    }
}
