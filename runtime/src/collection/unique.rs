//! Operations on the one document of a unique key.

use mongodb::bson::Bson;

use super::Collection;
use crate::{
    action::{FindOrInsert, Get, UpdateOne},
    codec::EncodeError,
    filter::Filter,
    model::{Document, IntoKey, KeyFields, ReadWrite, UniqueKey},
    path::Name,
    update::{BesideKey, IntoUpdate, Update},
};

impl<D: Document> Collection<D> {
    /// The document with this value in a field that has a unique index, or `None`.
    ///
    /// Compiles only for fields with a unique index of their own and for `_id`; for an index over several fields, give
    /// tuples in the order of the index. The model declares the index: that it is on the server is a matter of
    /// [`sync_indexes`](Self::sync_indexes). An index with a collation serves the operation only under that collation.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// #[derive(Document)]
    /// #[document(collection = "users", index(org, name, unique))]
    /// struct User {
    ///     id: Id<User>,
    ///     #[field(index(unique))]
    ///     email: String,
    ///     org: i32,
    ///     name: String,
    /// }
    ///
    /// # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
    /// let ann: Option<User> = users.get_by(User.email, "ann@x.org").await?;
    /// let bob: Option<User> = users.get_by((User.org, User.name), (7, "Bob")).await?;
    /// # Ok(()) }
    /// ```
    pub fn get_by<'a, K, V>(&self, key: K, value: V) -> Get<'a, D>
    where
        K: KeyFields<D>,
        D: UniqueKey<K::Places>,
        V: IntoKey<K::Types>,
    {
        Get::by(self, Filter::of_key(&join(key, value)))
    }

    /// Changes the document with this value in a field that has a unique index, or inserts one of that value and the
    /// changes.
    ///
    /// The key is set by the upsert itself: a change that writes it does not compile, or is an error before anything
    /// is sent where that shows only at run time. An inserted document holds the key, what the changes set, and an
    /// `_id`: set what else the model requires by [`set_on_insert`](crate::path::Field::set_on_insert). Two upserts at
    /// a time give one document, as the unique index lets only one of them insert and the server repeats the other.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, #[field(index(unique))] email: String, name: String, age: i32 }
    /// # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
    /// users.upsert_by(User.email, "ann@x.org", (User.name.set("Ann"), User.age.set_on_insert(30))).await?;
    /// # Ok(()) }
    /// ```
    pub fn upsert_by<'a, K, V, U>(&self, key: K, value: V, changes: U) -> UpdateOne<'a, D>
    where
        D: ReadWrite,
        K: KeyFields<D>,
        D: UniqueKey<K::Places>,
        V: IntoKey<K::Types>,
        U: IntoUpdate<D> + BesideKey<D, K>,
    {
        const { U::DISJOINT }
        let key = join(key, value);
        // Names the key as changed, so that another change of it is found before anything is sent.
        let own = key.iter().map(|(name, value)| Update::write("$setOnInsert", name.clone(), value.clone()));
        let update = own.fold(Update::new(), Update::and).and(changes.into_update());
        UpdateOne::new(self, Filter::of_key(&key), update).upsert(true)
    }

    /// The document with this value in a field that has a unique index; when there is none, inserts the one that
    /// `make` gives.
    ///
    /// Of several at a time one inserts, and the others give its document. `make` is called only when no document is
    /// found, and must give one with this value in the key.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, #[field(index(unique))] email: String, visits: i32 }
    /// # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
    /// let email = "ann@x.org";
    /// let found = users
    ///     .find_or_insert_by(User.email, email, || User { id: Id::new(), email: email.into(), visits: 0 })
    ///     .await?;
    /// println!("{} {}", found.document.visits, if found.inserted { "is new" } else { "was there" });
    /// # Ok(()) }
    /// ```
    pub fn find_or_insert_by<'a, K, V, F>(&self, key: K, value: V, make: F) -> FindOrInsert<'a, D, F>
    where
        D: ReadWrite,
        K: KeyFields<D>,
        D: UniqueKey<K::Places>,
        V: IntoKey<K::Types>,
        F: FnOnce() -> D,
    {
        FindOrInsert::new(self, join(key, value), make)
    }
}

/// The fields of a key with their values.
fn join<D, K: KeyFields<D>, V: IntoKey<K::Types>>(
    key: K,
    value: V,
) -> Vec<(Name, Result<Bson, EncodeError>)> {
    key.names().into_iter().zip(value.into_values()).collect()
}
