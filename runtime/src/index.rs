//! Indexes: declared on the model, created by [`sync_indexes`](crate::Collection::sync_indexes).

mod build;
mod create;
mod drop;
mod duplicate;
mod key;
mod keys;
mod list;
mod none;
mod plan;
mod sync;

use mongodb::{
    bson::{Bson, Document},
    options::IndexOptions,
};

use crate::{error::EncodeError, model::Discriminator};

// Named by generated code only.
pub(crate) use self::plan::same_collation;
#[doc(hidden)]
pub(crate) use self::sync::{Asked, when_asked};
pub use self::{
    build::Keys,
    key::{Below, IsArray, Many, One, Or, PathStep, Plain},
};
pub use self::{
    create::CreateIndexes,
    drop::DropIndexes,
    key::{DateIndexed, PlaneIndexed, TextIndexed},
    list::{IndexInfo, ListIndexes},
    none::IdIndex,
    plan::{IndexPlan, Step},
    sync::SyncIndexes,
};

/// An index of the collection of `D`, as it is declared.
#[must_use = "an index does nothing until it is synced"]
pub struct Index<D> {
    pub(crate) name: String,
    pub(crate) keys: Document,
    pub(crate) options: IndexOptions,
    /// A filter value that could not be written; reported by sync.
    pub(crate) invalid: Option<EncodeError>,
    document: std::marker::PhantomData<fn() -> D>,
}

impl<D> Index<D> {
    /// The same, of another type of documents.
    pub(crate) fn retyped<E>(self) -> Index<E> {
        let Self { name, keys, options, invalid, .. } = self;
        Index { name, keys, options, invalid, document: std::marker::PhantomData }
    }

    /// The same over the documents of one model of several in the collection; its name says so, unless it has one of
    /// its own.
    pub(crate) fn of_one_kind(mut self, own: Discriminator) -> Self {
        if self.name == default_name(&self.keys) {
            self.name = format!("{}_{}", self.name, own.text);
        }
        if self.options.sparse == Some(true) {
            self.invalid = Some(EncodeError::argument(format!(
                "the index `{}` is over the documents of one kind only, which the server does not allow together with \
                 `sparse`: write `partial = Model.field.exists()` instead",
                self.name
            )));
        }
        match own.and(self.options.partial_filter_expression.take().unwrap_or_default()) {
            Ok(filter) => self.options.partial_filter_expression = Some(filter),
            Err(error) => self.invalid = Some(error),
        }
        self
    }

    /// The name on the server.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The keys as the server takes them, such as `{ "address.city": 1, "createdAt": -1 }`.
    #[must_use]
    pub fn keys(&self) -> &Document {
        &self.keys
    }

    /// The other options.
    #[must_use]
    pub fn options(&self) -> &IndexOptions {
        &self.options
    }
}

impl<D> Clone for Index<D> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            keys: self.keys.clone(),
            options: self.options.clone(),
            invalid: self.invalid.clone(),
            document: self.document,
        }
    }
}

impl<D> std::fmt::Debug for Index<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("name", &self.name).field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// The name that the server gives an index by default: `address.city_1_createdAt_-1`.
pub(crate) fn default_name(keys: &Document) -> String {
    let parts: Vec<String> = keys
        .iter()
        .map(|(key, kind)| match kind {
            Bson::String(kind) => format!("{key}_{kind}"),
            Bson::Double(kind) => format!("{key}_{}", *kind as i64),
            kind => format!("{key}_{kind}"),
        })
        .collect();
    parts.join("_")
}
