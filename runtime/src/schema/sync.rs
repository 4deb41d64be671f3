//! Bringing the collections of a program in line with the models.

use futures_util::future::BoxFuture;
use mongodb::bson;

use super::{CollectionPlan, SchemaPlan};
use crate::{
    Collection,
    error::Result,
    index::{Index, SyncIndexes},
    model::{Discriminator, Document},
};

/// A collection, and what is declared for it.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Target {
    collection: Collection<bson::Document>,
    indexes: Vec<Index<bson::Document>>,
    /// The models that it is about, where there may be others in the collection; none for all.
    kinds: Vec<Discriminator>,
}

impl Target {
    pub(super) fn of<D: Document>(collection: &Collection<D>) -> Self {
        let indexes = D::indexes().into_iter().map(Index::retyped).collect();
        Self { kinds: D::DISCRIMINATOR.into_iter().collect(), ..Self::new(collection.untyped(), indexes) }
    }

    pub(super) fn new(collection: Collection<bson::Document>, indexes: Vec<Index<bson::Document>>) -> Self {
        Self { collection, indexes, kinds: Vec::new() }
    }
}

/// Creates what the models of a [`Schema`](super::Schema) declare; made by [`Schema::sync`](super::Schema::sync).
///
/// [`plan`](Self::plan) shows what would be done; awaiting does it and gives the plan that was carried out. Collections
/// are synced one after the other. An index that is there but not declared is reported and stays, unless
/// [`drop_unknown`](Self::drop_unknown) is set; one that is declared in another form is an error, unless
/// [`replace_changed`](Self::replace_changed) is set.
///
/// Safe when several processes start at once.
///
/// # Errors
///
/// As [`SyncIndexes`]. What was done before the error stays done.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before the action is awaited"]
pub struct SyncSchema {
    targets: Vec<Target>,
    drop_unknown: bool,
    replace_changed: bool,
}

impl SyncSchema {
    /// Several fields may be about one collection: it is synced once, with all that they declare.
    pub(super) fn new(targets: impl IntoIterator<Item = Target>) -> Self {
        let mut merged: Vec<Target> = Vec::new();
        for target in targets {
            let namespace = target.collection.inner().namespace();
            match merged.iter_mut().find(|it| it.collection.inner().namespace() == namespace) {
                None => merged.push(target),
                Some(known) => {
                    match known.kinds.is_empty() || target.kinds.is_empty() {
                        true => known.kinds.clear(),
                        false => known.kinds.extend(target.kinds),
                    }
                    let is_new = |new: &Index<_>| known.indexes.iter().all(|old| old.name() != new.name());
                    let new: Vec<_> = target.indexes.into_iter().filter(is_new).collect();
                    known.indexes.extend(new);
                }
            }
        }
        Self { targets: merged, drop_unknown: false, replace_changed: false }
    }

    /// Drops indexes that are there but not declared. Off by default: somebody may need them.
    pub fn drop_unknown(mut self, drop: bool) -> Self {
        self.drop_unknown = drop;
        self
    }

    /// Drops and builds anew indexes that are declared in another form. Off by default: until one is built, queries that
    /// need it read the whole collection, and a unique index refuses nothing.
    pub fn replace_changed(mut self, replace: bool) -> Self {
        self.replace_changed = replace;
        self
    }

    /// What would be done.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached, or when a filter of a partial index cannot be written.
    pub async fn plan(&self) -> Result<SchemaPlan> {
        let mut collections = Vec::with_capacity(self.targets.len());
        for target in &self.targets {
            let indexes = self.indexes(target).plan().await?;
            collections.push(CollectionPlan { name: target.collection.full_name(), indexes });
        }
        Ok(SchemaPlan { collections })
    }

    async fn run(self) -> Result<SchemaPlan> {
        let mut collections = Vec::with_capacity(self.targets.len());
        for target in &self.targets {
            let indexes = self.indexes(target).await?;
            collections.push(CollectionPlan { name: target.collection.full_name(), indexes });
        }
        Ok(SchemaPlan { collections })
    }

    fn indexes(&self, target: &Target) -> SyncIndexes<bson::Document> {
        SyncIndexes::declared(&target.collection, target.indexes.clone(), target.kinds.clone())
            .drop_unknown(self.drop_unknown)
            .replace_changed(self.replace_changed)
    }
}

impl IntoFuture for SyncSchema {
    type Output = Result<SchemaPlan>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
