//! Typed sort orders: `(User.age.desc(), User.name.asc())`.
//!
//! Every field can be a key, as MongoDB has an order for all values: missing and null first, then numbers, strings,
//! embedded documents, arrays, binary data, ids, booleans, dates. Not every such order means something to people:
//! embedded documents and maps compare key by key in the order in which they are stored, an array counts as its
//! smallest element (descending: its largest). Sort by a field inside instead.
//!
//! Keys that are known only at run time stand in a `Vec` or an `Option`; the first mention of a field decides.
//!
//! ```
//! # use odmium::{bson::doc, prelude::*, sort::{self, SortKey}};
//! # #[derive(Document)]
//! # #[document(collection = "users")]
//! # struct User { id: Id<User>, name: String, age: i32 }
//! fn order(by: &[&str], newest_first: bool) -> (Option<SortKey<User>>, Vec<SortKey<User>>) {
//!     let keys = by.iter().filter_map(|by| match *by {
//!         "age" => Some(User.age.asc()),
//!         "name" => Some(User.name.asc()),
//!         _ => None,
//!     });
//!     (newest_first.then(|| User.id.desc()), keys.collect())
//! }
//! assert_eq!(sort::to_document(order(&["name"], true)), doc! { "_id": -1, "name": 1 });
//! ```

use std::marker::PhantomData;

use mongodb::bson::{Document, doc};

use crate::path::{Field, Name, Readable};

/// One key of a sort order of documents of type `D`.
#[must_use = "a sort key does nothing until an operation takes it"]
pub struct SortKey<D> {
    path: Name,
    direction: i32,
    document: PhantomData<fn() -> D>,
}

/// The order of [`text_score`].
#[derive(Clone, Copy, Debug)]
#[must_use = "a sort key does nothing until an operation takes it"]
pub struct TextScore;

/// The order of [`natural`].
#[derive(Clone, Copy, Debug)]
#[must_use = "a sort key does nothing until an operation takes it"]
pub struct Natural(i32);

/// Best match first, for a filter with `$text` (`{ score: { $meta: "textScore" } }`).
///
/// Without `$text` in the filter the server refuses it.
pub fn text_score() -> TextScore {
    TextScore
}

/// The order in which the server finds the documents on its disk (`$natural`); in a capped collection, the order of
/// insertion. It uses no index, and stands alone: beside other keys the server refuses it.
pub fn natural() -> Natural {
    Natural(1)
}

/// The reverse of [`natural`].
pub fn natural_desc() -> Natural {
    Natural(-1)
}

/// The document that is sent for an order.
#[must_use]
pub fn to_document<D>(sort: impl IntoSort<D>) -> Document {
    let mut document = Document::new();
    sort.add_to(&mut document);
    document
}

/// What an operation takes as its order: a key, a tuple of up to eight keys, an array, a `Vec` or an `Option` of keys,
/// [`text_score`], [`natural`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sort order of `{D}`",
    label = "not an order of `{D}`",
    note = "write a field of `{D}` with a direction, as in `User.age.desc()`, or several keys in a tuple: \
            `(User.age.desc(), User.name.asc())`",
    note = "after a stage that gives tuples, `with_fields(|rows, (user, orders)| rows.sort(orders.desc()))` names their members"
)]
pub trait IntoSort<D> {
    /// Adds the keys to a sort document.
    fn add_to(self, sort: &mut Document);
}

/// A key with a direction.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a sort order needs a direction",
    label = "neither ascending nor descending",
    note = "write `.asc()` or `.desc()` behind the field"
)]
pub trait Directed {}

/// For the compiler's message, which is that of `Directed` only when another type than the field lacks it.
#[doc(hidden)]
impl<D, E, T, P: Directed> IntoSort<D> for Field<E, T, P> {
    fn add_to(self, _: &mut Document) {}
}

impl<D, T, P: Readable> Field<D, T, P> {
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
impl<D> IntoSort<D> for TextScore {
    fn add_to(self, sort: &mut Document) {
        // The name of the key is free, but must not be that of a field in the same order.
        let key = if sort.contains_key("score") { "textScore" } else { "score" };
        sort.insert(key, doc! { "$meta": "textScore" });
    }
}

#[diagnostic::do_not_recommend]
impl<D> IntoSort<D> for Natural {
    fn add_to(self, sort: &mut Document) {
        sort.insert("$natural", self.0);
    }
}

/// `None` adds no key.
#[diagnostic::do_not_recommend]
impl<D, K: IntoSort<D>> IntoSort<D> for Option<K> {
    fn add_to(self, sort: &mut Document) {
        if let Some(key) = self {
            key.add_to(sort);
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
