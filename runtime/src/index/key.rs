//! What can be a key of which kind of index, decided by types.
//!
//! MongoDB refuses, when the first document arrives, an index over two arrays of one document. Here each key carries
//! [`One`] or [`Many`], and two `Many` do not fit together.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
    marker::PhantomData,
};

use mongodb::bson::DateTime;

use crate::{
    codec::Maybe,
    model::Embedded,
    path::{Each, Field, FieldSet, StaticPath},
};

/// A key with one entry for a document.
#[derive(Clone, Copy, Debug)]
pub struct One;

/// A key with an entry for each element of an array.
#[derive(Clone, Copy, Debug)]
pub struct Many;

/// One of two parts of a path is an array.
#[doc(hidden)]
pub trait Or<K> {
    type Out;
}

impl<K> Or<K> for One {
    type Out = K;
}

impl<K> Or<K> for Many {
    type Out = Self;
}

/// Two keys of one index.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this index has two arrays among its keys",
    label = "the second array",
    note = "MongoDB allows one array in a compound index: drop one of the keys, or make two indexes"
)]
pub trait Beside<K> {
    type Out;
}

impl Beside<Self> for One {
    type Out = Self;
}

impl Beside<Many> for One {
    type Out = Many;
}

impl Beside<One> for Many {
    type Out = Self;
}

/// Keeps the compiler from taking [`One`] for the only type that goes with [`Many`], before it has seen the key.
impl Beside<()> for Many {
    type Out = Self;
}

/// A key of an index that takes no arrays.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a hashed index cannot hold an array",
    label = "this field is an array, or lies within one",
    note = "index it ascending or descending instead"
)]
pub trait Single {}

impl Single for One {}

/// Stands by [`One`] for the reason given at [`Beside`].
impl Single for () {}

/// The last field of a path: an array by its type, or not.
#[doc(hidden)]
#[derive(Debug)]
pub struct Last<F>(PhantomData<fn() -> F>);

impl<F> Last<F> {
    #[must_use]
    pub fn of(_: &F) -> Self {
        Self(PhantomData)
    }
}

/// What [`Last`] is when no inherent method says otherwise.
#[doc(hidden)]
pub trait NotAnArray {
    fn kind(&self) -> One;
}

impl<F> NotAnArray for Last<F> {
    fn kind(&self) -> One {
        One
    }
}

/// Leads from a path to the fields below it, also through arrays.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no fields that an index could name",
    label = "the path goes on below this field, which is no embedded document"
)]
pub trait Below {
    type Fields<D: 'static, P: StaticPath>: FieldSet;
}

// One impl over a second trait: the error then does not list types.
#[diagnostic::do_not_recommend]
impl<T: Within> Below for T {
    type Fields<D: 'static, P: StaticPath> = <T as Within>::Fields<D, P>;
}

/// An embedded document, or an array of them.
#[doc(hidden)]
pub trait Within {
    type Fields<D: 'static, P: StaticPath>: FieldSet;
}

impl<T: Embedded> Within for T {
    type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
}

macro_rules! arrays {
    ($($list:ident<T $(, $hasher:ident)?>)*) => {$(
        impl<T: Embedded $(, $hasher)?> Within for $list<T $(, $hasher)?> {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, Each<P>>;
        }

        #[doc(hidden)]
        impl<D, T, P $(, $hasher)?> Last<Field<D, $list<T $(, $hasher)?>, P>> {
            #[must_use]
            pub fn kind(&self) -> Many {
                Many
            }
        }

        #[doc(hidden)]
        impl<D, T, P $(, $hasher)?> Last<Field<D, Option<$list<T $(, $hasher)?>>, P>> {
            #[must_use]
            pub fn kind(&self) -> Many {
                Many
            }
        }

        impl<T: TextIndexed $(, $hasher)?> TextIndexed for $list<T $(, $hasher)?> {}
        impl<T: DateIndexed $(, $hasher)?> DateIndexed for $list<T $(, $hasher)?> {}
    )*};
}

arrays!(Vec<T> VecDeque<T> LinkedList<T> BTreeSet<T> HashSet<T, S>);

/// The fields below a path.
#[doc(hidden)]
#[must_use]
pub fn below<D: 'static, T: Below, P: StaticPath>(_: Field<D, T, P>) -> &'static T::Fields<D, P> {
    FieldSet::FIELDS
}

/// A field type that a text index can hold: text, or many texts.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be in a text index",
    label = "a text index needs strings",
    note = "index it ascending or descending instead"
)]
pub trait TextIndexed {}

impl TextIndexed for String {}
impl TextIndexed for str {}
impl TextIndexed for &str {}
impl TextIndexed for Cow<'_, str> {}
impl<T: TextIndexed> TextIndexed for Option<T> {}
impl<T: TextIndexed> TextIndexed for Maybe<T> {}
impl<T: TextIndexed + ?Sized> TextIndexed for Box<T> {}
impl<T: TextIndexed + ?Sized> TextIndexed for std::sync::Arc<T> {}

/// A field type that a TTL index can hold: a date, or many dates.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be in a TTL index",
    label = "documents expire by a date",
    note = "use `odmium::bson::DateTime`, or the date type of chrono, time or jiff by its feature"
)]
pub trait DateIndexed {}

impl DateIndexed for DateTime {}
impl DateIndexed for std::time::SystemTime {}
#[cfg(feature = "chrono-0_4")]
impl DateIndexed for chrono::DateTime<chrono::Utc> {}
#[cfg(feature = "jiff-0_2")]
impl DateIndexed for jiff::Timestamp {}
#[cfg(feature = "time-0_3")]
impl DateIndexed for time::OffsetDateTime {}
impl<T: DateIndexed> DateIndexed for Option<T> {}
impl<T: DateIndexed> DateIndexed for Maybe<T> {}
impl<T: DateIndexed> DateIndexed for Box<T> {}
