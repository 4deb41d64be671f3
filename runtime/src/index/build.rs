//! Building an index key by key.

use std::{marker::PhantomData, time::Duration};

use mongodb::{
    bson::{Bson, Document},
    options::{Collation, IndexOptions},
};

use super::{
    Index, default_name,
    key::{Beside, DateIndexed, One, Or, PlaneIndexed, Single, TextIndexed},
};
use crate::{
    filter::Filter,
    path::{Field, StaticPath},
};

/// The keys of an index so far; `M` tells whether one of them is an array.
#[doc(hidden)]
#[must_use]
#[derive(Debug)]
pub struct Keys<D, M> {
    keys: Document,
    state: PhantomData<fn() -> (D, M)>,
}

/// The keys of an index over `path`: its own multiplicity, or that of the last field.
type Joined<M, P, K> = <M as Beside<<<P as StaticPath>::Multiplicity as Or<K>>::Out>>::Out;

impl<D> Keys<D, One> {
    pub fn new() -> Self {
        Self { keys: Document::new(), state: PhantomData }
    }
}

impl<D> Default for Keys<D, One> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D, M> Keys<D, M> {
    fn key<N>(mut self, path: &str, kind: impl Into<Bson>) -> Keys<D, N> {
        self.keys.insert(path, kind);
        Keys { keys: self.keys, state: PhantomData }
    }

    pub fn asc<T, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Keys<D, Joined<M, P, K>>
    where
        P::Multiplicity: Or<K>,
        M: Beside<<P::Multiplicity as Or<K>>::Out>,
    {
        self.key(P::NAME, 1)
    }

    pub fn desc<T, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Keys<D, Joined<M, P, K>>
    where
        P::Multiplicity: Or<K>,
        M: Beside<<P::Multiplicity as Or<K>>::Out>,
    {
        self.key(P::NAME, -1)
    }

    pub fn text<T: TextIndexed, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Self {
        self.key(P::NAME, "text")
    }

    pub fn sphere<T, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Self {
        self.key(P::NAME, "2dsphere")
    }

    pub fn flat<T: PlaneIndexed, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Self {
        self.key(P::NAME, "2d")
    }

    pub fn wildcard<T, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Self {
        self.key(&format!("{}.$**", P::NAME), 1)
    }

    pub fn wildcard_of_all(self) -> Self {
        self.key("$**", 1)
    }

    /// An array cannot be hashed.
    pub fn hashed<T, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Self
    where
        P::Multiplicity: Or<K>,
        <P::Multiplicity as Or<K>>::Out: Single,
    {
        self.key(P::NAME, "hashed")
    }

    pub fn ttl<T: DateIndexed, P: StaticPath, K>(self, _: Field<D, T, P>, _: K) -> Self {
        self.key(P::NAME, 1)
    }

    pub fn build(self) -> Index<D> {
        Index {
            name: default_name(&self.keys),
            keys: self.keys,
            options: IndexOptions::default(),
            invalid: None,
            document: PhantomData,
        }
    }
}

impl<D> Index<D> {
    /// An index given by its keys in the server's form, for kinds that have no typed one.
    pub fn raw(keys: Document) -> Self {
        Self {
            name: default_name(&keys),
            keys,
            options: IndexOptions::default(),
            invalid: None,
            document: PhantomData,
        }
    }

    /// A name of its own, instead of the server's default (`email_1`).
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Refuses a second document with the same keys. A missing field counts as null.
    pub fn unique(mut self) -> Self {
        self.options.unique = Some(true);
        self
    }

    /// Leaves out documents that lack the field.
    pub fn sparse(mut self) -> Self {
        self.options.sparse = Some(true);
        self
    }

    /// Keeps the index up to date, but hides it from queries: to try what dropping it would do.
    pub fn hidden(mut self) -> Self {
        self.options.hidden = Some(true);
        self
    }

    /// Deletes documents this long after the date in the field; the server looks once a minute.
    pub fn expire_after(mut self, time: Duration) -> Self {
        self.options.expire_after = Some(time);
        self
    }

    /// Holds only the documents that match. A query uses the index only when its filter implies this one.
    pub fn partial(mut self, filter: Filter<D>) -> Self {
        match filter.render() {
            Ok(filter) => self.options.partial_filter_expression = Some(filter),
            Err(error) => self.invalid = Some(error),
        }
        self
    }

    /// Compares strings by a language's rules. Only operations with the same collation use the index.
    pub fn collation(mut self, collation: Collation) -> Self {
        self.options.collation = Some(collation);
        self
    }

    /// How much each field counts in the score of a text index; the default is 1.
    pub fn weights(mut self, weights: Document) -> Self {
        self.options.weights = Some(weights);
        self
    }

    /// The language of a text index: which words are left out, and how words are reduced to their stem.
    pub fn default_language(mut self, language: impl Into<String>) -> Self {
        self.options.default_language = Some(language.into());
        self
    }

    /// Any other option, by the driver's struct.
    pub fn options_with(mut self, change: impl FnOnce(&mut IndexOptions)) -> Self {
        change(&mut self.options);
        self
    }
}
