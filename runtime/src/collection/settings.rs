//! What a collection has of its own: read and write settings, a limit on time.

use mongodb::options::CollectionOptions;

use super::Collection;
use crate::{
    client::{changed, settings},
    model::Record,
};

impl<D: Record> Collection<D> {
    settings!("collection");

    fn with(&self, change: impl FnOnce(&mut CollectionOptions)) -> Self {
        let options = changed!(CollectionOptions, self, change);
        let database = self.inner.client().database(&self.inner.namespace().db);
        let inner = database.collection_with_options(self.name(), options);
        Self { inner, scope: self.scope.clone(), document: self.document }
    }
}
