//! What can be a key of which kind of index, decided by types.
//!
//! MongoDB refuses, when the first document arrives, an index over two arrays of one document. Here each key carries
//! [`One`] or [`Many`], and two `Many` do not fit together.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
};

use mongodb::bson::DateTime;

use crate::{
    codec::Maybe,
    model::Embedded,
    path::{AnyElement, Field, FieldSet, StaticPath},
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

#[diagnostic::do_not_recommend]
impl Beside<Self> for One {
    type Out = Self;
}

#[diagnostic::do_not_recommend]
impl Beside<Many> for One {
    type Out = Many;
}

#[diagnostic::do_not_recommend]
impl Beside<One> for Many {
    type Out = Self;
}

/// Keeps the compiler from taking [`One`] for the only type that goes with [`Many`], before it has seen the key.
#[diagnostic::do_not_recommend]
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

#[diagnostic::do_not_recommend]
impl Single for One {}

/// A step of an index path: what is an array, and what has fields, is known by the type.
#[doc(hidden)]
#[derive(Debug)]
pub struct PathStep<'a, F>(&'a F);

impl<'a, F> PathStep<'a, F> {
    #[must_use]
    pub fn at(path: &'a F) -> Self {
        Self(path)
    }
}

// One impl for all arrays: with several, a field that does not exist would be an error here too.
#[doc(hidden)]
impl<F: IsArray> PathStep<'_, F> {
    #[must_use]
    pub fn kind(&self) -> Many {
        Many
    }
}

#[doc(hidden)]
impl<D: 'static, T: Below, P: StaticPath> PathStep<'_, Field<D, T, P>> {
    /// The fields below the path, also through arrays.
    #[must_use]
    pub fn down(&self) -> &'static T::Fields<D, P> {
        FieldSet::FIELDS
    }
}

/// What a [`PathStep`] is where no inherent method says otherwise.
#[doc(hidden)]
pub trait Plain {
    type Path;

    fn kind(&self) -> One;

    /// The path itself, which leads on by `Deref` or not at all.
    fn down(&self) -> &Self::Path;
}

impl<F> Plain for PathStep<'_, F> {
    type Path = F;

    fn kind(&self) -> One {
        One
    }

    fn down(&self) -> &F {
        self.0
    }
}

/// A path to an array.
#[doc(hidden)]
pub trait IsArray {}

/// A field type with fields that an index can name: an embedded document, or an array of them.
#[doc(hidden)]
pub trait Below {
    type Fields<D: 'static, P: StaticPath>: FieldSet;
}

#[diagnostic::do_not_recommend]
impl<T: Embedded> Below for T {
    type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
}

macro_rules! arrays {
    ($($list:ident<T $(, $hasher:ident)?>)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Embedded $(, $hasher)?> Below for $list<T $(, $hasher)?> {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, AnyElement<P>>;
        }

        impl<D, T, P $(, $hasher)?> IsArray for Field<D, $list<T $(, $hasher)?>, P> {}
        impl<D, T, P $(, $hasher)?> IsArray for Field<D, Option<$list<T $(, $hasher)?>>, P> {}
        #[diagnostic::do_not_recommend]
        impl<T: TextIndexed $(, $hasher)?> TextIndexed for $list<T $(, $hasher)?> {}
        #[diagnostic::do_not_recommend]
        impl<T: DateIndexed $(, $hasher)?> DateIndexed for $list<T $(, $hasher)?> {}
    )*};
}

arrays!(Vec<T> VecDeque<T> LinkedList<T> BTreeSet<T> HashSet<T, S>);

/// A field type that a text index can hold: text, or many texts.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be in a text index",
    label = "a text index needs strings",
    note = "index it ascending or descending instead"
)]
pub trait TextIndexed {}

#[diagnostic::do_not_recommend]
impl TextIndexed for String {}
#[diagnostic::do_not_recommend]
impl TextIndexed for str {}
#[diagnostic::do_not_recommend]
impl TextIndexed for &str {}
#[diagnostic::do_not_recommend]
impl TextIndexed for Cow<'_, str> {}
#[diagnostic::do_not_recommend]
impl<T: TextIndexed> TextIndexed for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: TextIndexed> TextIndexed for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T: TextIndexed + ?Sized> TextIndexed for Box<T> {}
#[diagnostic::do_not_recommend]
impl<T: TextIndexed + ?Sized> TextIndexed for std::sync::Arc<T> {}

/// A field type that a TTL index can hold, or that is the time of a time series: a date, or many dates.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no date, which a TTL index and a time series need",
    label = "not a date",
    note = "use `odmium::bson::DateTime`, or the date type of chrono, time or jiff by its feature"
)]
pub trait DateIndexed {}

#[diagnostic::do_not_recommend]
impl DateIndexed for DateTime {}
#[diagnostic::do_not_recommend]
impl DateIndexed for std::time::SystemTime {}
#[cfg(feature = "chrono-0_4")]
#[diagnostic::do_not_recommend]
impl DateIndexed for chrono::DateTime<chrono::Utc> {}
#[cfg(feature = "jiff-0_2")]
#[diagnostic::do_not_recommend]
impl DateIndexed for jiff::Timestamp {}
#[cfg(feature = "time-0_3")]
#[diagnostic::do_not_recommend]
impl DateIndexed for time::OffsetDateTime {}
#[diagnostic::do_not_recommend]
impl<T: DateIndexed> DateIndexed for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: DateIndexed> DateIndexed for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T: DateIndexed> DateIndexed for Box<T> {}

/// A field type that an index of kind `flat` (2d) can hold: a pair of coordinates.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be in an index on the plane",
    label = "this index needs pairs of coordinates",
    note = "use `[f64; 2]`; a GeoJSON geometry goes into an index of kind `sphere`"
)]
pub trait PlaneIndexed {}

#[diagnostic::do_not_recommend]
impl PlaneIndexed for [f64; 2] {}
#[diagnostic::do_not_recommend]
impl PlaneIndexed for (f64, f64) {}
#[cfg(feature = "geojson-1")]
#[diagnostic::do_not_recommend]
impl PlaneIndexed for geojson::Position {}
#[diagnostic::do_not_recommend]
impl<T: PlaneIndexed> PlaneIndexed for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: PlaneIndexed> PlaneIndexed for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T: PlaneIndexed> PlaneIndexed for Vec<T> {}
