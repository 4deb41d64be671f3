//! Typed sort orders: `(User.age.desc(), User.name.asc())`.

use std::marker::PhantomData;

use mongodb::bson::Document;

use crate::path::{Field, Name, Path};

/// One key of a sort order of documents of type `D`.
#[must_use = "a sort key does nothing until an operation takes it"]
pub struct SortKey<D> {
    path: Name,
    direction: i32,
    document: PhantomData<fn() -> D>,
}

/// What an operation takes as its order: a key, a tuple of up to eight keys, an array or a `Vec` of keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sort order of `{D}`",
    label = "not an order of `{D}`",
    note = "write `User.age.desc()`, or several keys in a tuple: `(User.age.desc(), User.name.asc())`"
)]
pub trait IntoSort<D> {
    /// Adds the keys to a sort document.
    fn add_to(self, sort: &mut Document);
}

impl<D, T, P: Path> Field<D, T, P> {
    /// Smallest first. A missing field sorts as null, before everything else.
    pub fn asc(self) -> SortKey<D> {
        SortKey { path: self.name(), direction: 1, document: PhantomData }
    }

    /// Largest first.
    pub fn desc(self) -> SortKey<D> {
        SortKey { path: self.name(), direction: -1, document: PhantomData }
    }
}

impl<D> Clone for SortKey<D> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), direction: self.direction, document: PhantomData }
    }
}

impl<D> std::fmt::Debug for SortKey<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SortKey({}: {})", self.path, self.direction)
    }
}

#[diagnostic::do_not_recommend]
impl<D> IntoSort<D> for SortKey<D> {
    fn add_to(self, sort: &mut Document) {
        // The first mention of a key decides; a later one cannot change the order any more.
        if !sort.contains_key(&*self.path) {
            sort.insert(self.path, self.direction);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<D, K: IntoSort<D>> IntoSort<D> for Vec<K> {
    fn add_to(self, sort: &mut Document) {
        self.into_iter().for_each(|key| key.add_to(sort));
    }
}

#[diagnostic::do_not_recommend]
impl<D, K: IntoSort<D>, const N: usize> IntoSort<D> for [K; N] {
    fn add_to(self, sort: &mut Document) {
        self.into_iter().for_each(|key| key.add_to(sort));
    }
}

macro_rules! tuples {
    ($($($key:ident)*;)*) => {$(
        #[expect(non_snake_case, reason = "the type parameters name the elements")]
        #[diagnostic::do_not_recommend]
        impl<D, $($key: IntoSort<D>),*> IntoSort<D> for ($($key,)*) {
            fn add_to(self, sort: &mut Document) {
                let ($($key,)*) = self;
                $($key.add_to(sort);)*
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C E;
    A B C E F;
    A B C E F G;
    A B C E F G H;
    A B C E F G H I;
}

pub(crate) fn to_document<D>(sort: impl IntoSort<D>) -> Document {
    let mut document = Document::new();
    sort.add_to(&mut document);
    document
}
