//! A collection, and what is declared for it.

use mongodb::{bson, options::CreateCollectionOptions};

use super::{compare::is_plain, spec::Options};
use crate::{
    Client, Collection, Database,
    error::EncodeError,
    index::Index,
    model::{Discriminator, Document, Record},
    pipeline,
};

/// A collection, and what is declared for it.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) collection: Collection<bson::Document>,
    pub(super) options: Options,
    pub(super) indexes: Vec<Index<bson::Document>>,
    /// The models that it is about, where there may be others in the collection; none for all.
    pub(super) kinds: Vec<Discriminator>,
}

impl Target {
    pub(super) fn of<D: Document>(collection: &Collection<D>) -> Self {
        let mut options = D::spec().into_options();
        // What a view reads is beside it.
        if let Ok(CreateCollectionOptions { view_on: Some(on), pipeline, .. }) = &mut options {
            *on = beside(collection, on);
            pipeline::settle(pipeline.as_deref_mut().unwrap_or_default(), &|name| beside(collection, name));
        }
        let indexes = D::indexes().into_iter().map(Index::retyped).collect();
        let kinds = D::DISCRIMINATOR.into_iter().collect();
        Self { collection: collection.untyped(), options, indexes, kinds }
    }

    pub(super) fn new(collection: Collection<bson::Document>, indexes: Vec<Index<bson::Document>>) -> Self {
        Self { collection, options: Ok(CreateCollectionOptions::default()), indexes, kinds: Vec::new() }
    }

    pub(super) fn is_view(&self) -> bool {
        self.options.as_ref().is_ok_and(|options| options.view_on.is_some())
    }

    /// Whether anything is declared for the collection as such.
    pub(super) fn is_special(&self) -> bool {
        self.options.as_ref().is_ok_and(|options| !is_plain(options))
    }

    pub(super) fn database(&self) -> Database {
        database_of(&self.collection)
    }

    /// Several fields may be about one collection, which is synced once with all that they declare. Views come last: what
    /// they read should be there, and a view may read another one that stands before it.
    pub(super) fn merge(targets: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut merged: Vec<Self> = Vec::new();
        for target in targets {
            let namespace = target.collection.inner().namespace();
            match merged.iter_mut().find(|known| known.collection.inner().namespace() == namespace) {
                None => merged.push(target),
                Some(known) => known.join(target),
            }
        }
        merged.sort_by_key(Self::is_view);
        merged
    }

    fn join(&mut self, other: Self) {
        match self.kinds.is_empty() || other.kinds.is_empty() {
            true => self.kinds.clear(),
            false => self.kinds.extend(other.kinds),
        }
        let is_new = |new: &Index<_>| self.indexes.iter().all(|old| old.name() != new.name());
        let new: Vec<_> = other.indexes.into_iter().filter(is_new).collect();
        self.indexes.extend(new);
        match (&self.options, &other.options) {
            (Err(_), _) => {}
            (Ok(own), Ok(_)) if is_plain(own) => self.options = other.options,
            (Ok(_), Ok(new)) if is_plain(new) => {}
            (Ok(own), Ok(new)) if format!("{own:?}") == format!("{new:?}") => {}
            (Ok(_), Ok(_)) => {
                self.options = Err(EncodeError::argument(format!(
                    "two models declare how the collection `{}` is created: leave it to one of them",
                    self.collection.name()
                )));
            }
            (Ok(_), Err(_)) => self.options = other.options,
        }
    }
}

/// The database of a collection, with the settings of its client.
pub(super) fn database_of<D: Record>(collection: &Collection<D>) -> Database {
    let inner = collection.inner();
    Client::of(inner.client().clone(), collection.scope()).database(&inner.namespace().db)
}

/// What a collection that some model declares is called beside this one: it has the same prefix, also where this one was
/// opened by its whole name.
fn beside<D: Document>(collection: &Collection<D>, declared: &str) -> String {
    match collection.name().strip_suffix(D::COLLECTION) {
        Some(prefix) if collection.scope().has_declared_names() => format!("{prefix}{declared}"),
        _ => collection.scope().neighbour(declared),
    }
}
