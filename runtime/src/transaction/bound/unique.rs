//! Operations on the one document of a unique key, within a transaction.

use super::InTransaction;
use crate::{
    action::{Get, UpdateOne},
    model::{Document, IntoKey, KeyFields, ReadWrite, UniqueKey},
    update::{BesideKey, IntoUpdate},
};

impl<'t, D: Document> InTransaction<'t, D> {
    /// See [`Collection::get_by`](crate::Collection::get_by).
    pub fn get_by<K, V>(self, key: K, value: V) -> Get<'t, D>
    where
        K: KeyFields<D>,
        D: UniqueKey<K::Places>,
        V: IntoKey<K::Types>,
    {
        self.collection.get_by(key, value).session(self.session)
    }

    /// See [`Collection::upsert_by`](crate::Collection::upsert_by).
    pub fn upsert_by<K, V, U>(self, key: K, value: V, changes: U) -> UpdateOne<'t, D>
    where
        D: ReadWrite,
        K: KeyFields<D>,
        D: UniqueKey<K::Places>,
        V: IntoKey<K::Types>,
        U: IntoUpdate<D> + BesideKey<D, K>,
    {
        self.collection.upsert_by(key, value, changes).session(self.session)
    }
}
