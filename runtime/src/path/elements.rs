//! From the path of an array or a map to what is in it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    rc::Rc,
    sync::Arc,
};

use super::{AtIndex, AtKey, Field, Holds, OfArray, Path, dynamic::Below};
use crate::{codec::MapKey, filter::List};

/// The elements of the array.
impl<D, A: List, P: OfArray> Field<D, A, P> {
    /// Every element, in an update (`$[]`).
    ///
    /// The array must be there: the server refuses the update of a document without it.
    #[must_use]
    pub fn each(self) -> Field<D, A::Item, P::Each> {
        self.at_place(OfArray::each)
    }

    /// The first element that the filter of the operation found, in an update (`$`).
    ///
    /// The filter must have a condition on this array; where it has none, the server refuses the update.
    #[must_use]
    pub fn found(self) -> Field<D, A::Item, P::Found> {
        self.at_place(OfArray::found)
    }

    /// Any element, for reading (`items.sku`): each condition may be fulfilled by another element.
    ///
    /// For several conditions on one element, use `any`.
    #[must_use]
    pub fn elements(self) -> Field<D, A::Item, P::Any> {
        self.at_place(OfArray::any)
    }
}

/// An element of the array.
impl<D, A: List, P: Path> Field<D, A, P> {
    /// The element at `index`, counted from zero (`items.0`).
    ///
    /// A filter finds no document whose array is shorter; an update fills the array up with nulls.
    /// Go on below it by [`then`](Field::then). It is selected as what it computes: `Order.items.at(0).expr().optional()`.
    #[must_use]
    pub fn at(self, index: u32) -> Field<D, A::Item, AtIndex> {
        self.below(&index.to_string())
    }
}

macro_rules! maps {
    ($($map:ident<K, V $(, $hasher:ident)?>)*) => {$(
        maps!(@ [K, V $(, $hasher)?] $map<K, V $(, $hasher)?>);
        maps!(@ [K, V $(, $hasher)?] Option<$map<K, V $(, $hasher)?>>);
    )*};
    (@ [$($generic:ident),*] $map:ty) => {
        /// A value of the map.
        impl<D, $($generic,)* P: Path> Field<D, $map, P>
        where
            K: MapKey,
        {
            /// The value of a key (`scores.math`). Go on below it by [`then`](Field::then).
            ///
            /// The key may be missing: selected, it gives an `Option`.
            ///
            /// Paths have no way to name a key that is empty, has a dot in it or begins with `$`: with such a key, the
            /// operation is an error and nothing is sent.
            #[must_use]
            pub fn key(self, key: impl AsKey<K>) -> Field<D, V, Below<P, AtKey>> {
                self.below_key(&key.as_key())
            }
        }
    };
}

maps!(HashMap<K, V, S> BTreeMap<K, V>);

impl<D, T, P: Path> Field<D, T, P> {
    /// Goes on below a path that is first known at run time: `Order.items.at(0).then(Item.qty)`.
    #[must_use]
    pub fn then<M, U, Q: Path>(self, inner: Field<M, U, Q>) -> Field<D, U, Below<P, Q::Chosen>>
    where
        T: Holds<M>,
    {
        self.below(&inner.name())
    }
}

/// A value that names a key of a map with keys of type `K`: the key itself, a reference to it, `&str` for texts.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` is no key of a map with keys of type `{K}`",
    label = "not a key of type `{K}`"
)]
pub trait AsKey<K> {
    /// The text of the key.
    fn as_key(&self) -> Cow<'_, str>;
}

#[diagnostic::do_not_recommend]
impl<K: MapKey> AsKey<K> for K {
    fn as_key(&self) -> Cow<'_, str> {
        self.to_key()
    }
}

#[diagnostic::do_not_recommend]
impl<K: MapKey> AsKey<K> for &K {
    fn as_key(&self) -> Cow<'_, str> {
        self.to_key()
    }
}

macro_rules! texts {
    ($($text:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl AsKey<$text> for &str {
            fn as_key(&self) -> Cow<'_, str> {
                Cow::Borrowed(self)
            }
        }
    )*};
}

texts!(String Box<str> Rc<str> Arc<str> Cow<'static, str>);
