//! What the server knows about a match, beside its fields (`$meta`).

use std::marker::PhantomData;

use mongodb::bson::{Document, doc};

use super::{Column, Projection, ReadColumn, column::key_of};
use crate::{
    codec::{DecodeOwned, DocumentReader},
    error::DecodeError,
};

/// Something that the server knows about a match; see [`text_score`] and the others.
#[must_use = "a selection does nothing until an operation takes it"]
pub struct Meta<T> {
    kind: &'static str,
    key: &'static str,
    value: PhantomData<fn() -> T>,
}

/// How well the document matches a `$text` filter; the server refuses it without one.
pub const fn text_score() -> Meta<f64> {
    Meta::new("textScore", "__textScore")
}

/// The keys of the index entry that led to the document; `None` without an index.
pub const fn index_key() -> Meta<Option<Document>> {
    Meta::new("indexKey", "__indexKey")
}

/// The number of the document in the storage engine. It may change; not for clustered collections.
pub const fn record_id() -> Meta<i64> {
    Meta::new("recordId", "__recordId")
}

/// The score of a `$search`, on MongoDB Atlas; a decode error where the server gives none.
pub const fn search_score() -> Meta<f64> {
    Meta::new("searchScore", "__searchScore")
}

impl<T> Meta<T> {
    const fn new(kind: &'static str, key: &'static str) -> Self {
        Self { kind, key, value: PhantomData }
    }

    /// Adds it to a projection.
    pub(crate) fn compute(&self, projection: &mut Projection) {
        projection.compute(self.key, doc! { "$meta": self.kind });
    }

    /// The key in the reply.
    #[doc(hidden)]
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }
}

#[diagnostic::do_not_recommend]
impl<D, T: DecodeOwned + 'static> Column<D> for Meta<T> {
    type Reader = Self;

    fn add_to(self, projection: &mut Projection) -> Self {
        self.compute(projection);
        self
    }
}

impl<T: DecodeOwned + 'static> ReadColumn for Meta<T> {
    type Value = T;

    fn read(&self, document: &mut DocumentReader<'_>) -> Result<T, DecodeError> {
        key_of(document, self.key)
    }
}

impl<T> Clone for Meta<T> {
    fn clone(&self) -> Self {
        Self::new(self.kind, self.key)
    }
}

impl<T> std::fmt::Debug for Meta<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Meta").field(&self.kind).finish()
    }
}
