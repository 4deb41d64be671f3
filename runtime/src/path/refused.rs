//! The compiler's words for an operator that a field does not have.
//!
//! Operators stand in impl blocks of the types that have them, so that an editor offers them nowhere else. When one is
//! called on another type, the compiler finds the method of the same name here, whose bound fails with a text of ours.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    rc::Rc,
    sync::Arc,
};

use super::{Dynamic, Field, Located, OfArray, Readable, Writable, lists};
use crate::{
    codec::Maybe,
    filter::{Bits, Filter, GeoSearch, Geometry, Integer, List, Ordered, Text},
    projection::{ElemMatch, Slice},
    sort::SortKey,
    update::{Change, Clock, Growable, Numeric, Optional, PushEach},
};

/// A field that is an array or a text.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` contains nothing: it is neither an array nor a text",
    label = "`contains` needs a `Vec`, a set or a `String`",
    note = "to compare the whole field, use `eq`"
)]
pub trait Contains {}

macro_rules! contains {
    (@ $([$($generic:tt)*] $ty:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> Contains for $ty {}
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> Contains for Option<$ty> {}
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> Contains for Maybe<$ty> {}
    )*};
    ($([$($generic:tt)*] $list:ty;)*) => { contains!(@ $([T, $($generic)*] $list;)*); };
}

lists!(contains);
contains! { @
    [] String;
    [] &'static str;
    [] Cow<'static, str>;
    [] Box<str>;
    [] Rc<str>;
    [] Arc<str>;
}

/// A field that is an array.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no array",
    label = "this operator needs a `Vec` or a set",
    note = "to compare the whole field, use `eq`"
)]
pub trait Array {}

#[diagnostic::do_not_recommend]
impl<A: List> Array for A {}

/// A field that is a map.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no map",
    label = "`key` needs a `HashMap` or a `BTreeMap`",
    note = "a field of an embedded document is named by itself: `User.address.city`"
)]
pub trait Map {}

#[diagnostic::do_not_recommend]
impl<K, V, S> Map for HashMap<K, V, S> {}
#[diagnostic::do_not_recommend]
impl<K, V, S> Map for Option<HashMap<K, V, S>> {}
#[diagnostic::do_not_recommend]
impl<K, V> Map for BTreeMap<K, V> {}
#[diagnostic::do_not_recommend]
impl<K, V> Map for Option<BTreeMap<K, V>> {}

/// A field that may read as "no value".
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` always has a value",
    label = "`is_none` and `is_some` need an `Option`",
    note = "to find documents that lack the field all the same, use `is_missing` or `is_null`"
)]
pub trait Nullable {}

#[diagnostic::do_not_recommend]
impl<T> Nullable for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T> Nullable for Maybe<T> {}

/// A relation, or something else that documents are taken from.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a path has no `filter`, `sort`, `limit` and `first`",
    label = "this is an option of a relation",
    note = "of a reference, say `relation()` first: `Post.tags.relation().sort(Tag.name.asc())`",
    note = "of an array in an expression, `expr()`: `Order.items.expr().filter(|item| ..)`"
)]
pub trait Options {}

/// Every type: of an operator that only some places have.
#[doc(hidden)]
pub trait Any {}

impl<T: ?Sized> Any for T {}

macro_rules! refused {
    ($bound:ident: $method:ident($($argument:ident),*) -> Filter<D>) => {
        refused!([T: $bound, P: Readable] $method($($argument),*) -> Filter<D>);
    };
    ($bound:ident: $method:ident($($argument:ident),*) -> Change<D, P>) => {
        refused!([T: $bound, P: Writable] $method($($argument),*) -> Change<D, P>);
    };
    ([$($bounds:tt)*] $method:ident($($argument:ident),*) -> $output:ty) => {
        // Also hidden one by one: editors offer the visible methods of a hidden trait.
        #[doc(hidden)]
        fn $method<$($argument),*>(self, $(_: $argument),*) -> $output
        where
            $($bounds)*
        {
            unreachable!("the type has this operator itself")
        }
    };
}

/// Every operator that not all types have, each on a line of its own, which the compiler shows.
#[doc(hidden)]
#[expect(clippy::wrong_self_convention, reason = "the names are those of the operators")]
pub trait Refused<D, T, P>: Sized {
    refused!(Any: eq(A) -> Filter<D>);
    refused!(Any: ne(A) -> Filter<D>);
    refused!(Any: is_in(A) -> Filter<D>);
    refused!(Any: not_in(A) -> Filter<D>);
    refused!(Any: exists() -> Filter<D>);
    refused!(Any: is_missing() -> Filter<D>);
    refused!(Any: is_null() -> Filter<D>);
    refused!(Any: is_type(A) -> Filter<D>);
    refused!([P: Readable] asc() -> SortKey<D>);
    refused!([P: Readable] desc() -> SortKey<D>);
    refused!(Ordered: gt(A) -> Filter<D>);
    refused!(Ordered: gte(A) -> Filter<D>);
    refused!(Ordered: lt(A) -> Filter<D>);
    refused!(Ordered: lte(A) -> Filter<D>);
    refused!(Ordered: between(A, B) -> Filter<D>);
    refused!(Ordered: min(A) -> Change<D, P>);
    refused!(Ordered: max(A) -> Change<D, P>);
    refused!(Integer: modulo(A, B) -> Filter<D>);
    refused!(Bits: bits_all_set(A) -> Filter<D>);
    refused!(Bits: bits_any_set(A) -> Filter<D>);
    refused!(Bits: bits_all_clear(A) -> Filter<D>);
    refused!(Bits: bits_any_clear(A) -> Filter<D>);
    refused!(Integer: bit_and(A) -> Change<D, P>);
    refused!(Integer: bit_or(A) -> Change<D, P>);
    refused!(Integer: bit_xor(A) -> Change<D, P>);
    refused!(Contains: contains(A) -> Filter<D>);
    refused!(Array: any(A) -> Filter<D>);
    refused!(Array: has_all(A) -> Filter<D>);
    refused!(Array: has_any(A) -> Filter<D>);
    refused!(Array: any_value(A) -> Filter<D>);
    refused!(Array: every(A) -> Filter<D>);
    refused!(Array: every_value(A) -> Filter<D>);
    refused!(Array: has_all_where(A) -> Filter<D>);
    refused!(Array: is_empty() -> Filter<D>);
    refused!(Array: len_eq(A) -> Filter<D>);
    refused!(Array: len_gte(A) -> Filter<D>);
    refused!(Array: len_gt(A) -> Filter<D>);
    refused!(Array: len_lt(A) -> Filter<D>);
    refused!(Array: len_lte(A) -> Filter<D>);
    refused!(Growable: push(A) -> Change<D, P>);
    refused!([T: Growable, P: Writable] push_each(A) -> PushEach<D, T, P>);
    refused!(Growable: add_to_set(A) -> Change<D, P>);
    refused!(Growable: add_each_to_set(A) -> Change<D, P>);
    refused!(Growable: pop_first() -> Change<D, P>);
    refused!(Growable: pop_last() -> Change<D, P>);
    refused!(Growable: pull(A) -> Change<D, P>);
    refused!(Growable: pull_all(A) -> Change<D, P>);
    refused!(Growable: pull_where(A) -> Change<D, P>);
    refused!(Growable: pull_where_value(A) -> Change<D, P>);
    refused!([T: Array, P: Located] slice(A) -> Slice<Self>);
    refused!([T: Array, P: Located] slice_from(A, B) -> Slice<Self>);
    refused!([T: Array, P: Located] elem_match(A) -> ElemMatch<Self, T>);
    refused!(Text: starts_with(A) -> Filter<D>);
    refused!(Text: ends_with(A) -> Filter<D>);
    refused!(Text: matches(A, B) -> Filter<D>);
    refused!(Text: matches_any(A) -> Filter<D>);
    refused!(Text: eq_ignore_case(A) -> Filter<D>);
    refused!(Text: starts_with_ignore_case(A) -> Filter<D>);
    refused!(Text: ends_with_ignore_case(A) -> Filter<D>);
    refused!(Text: contains_ignore_case(A) -> Filter<D>);
    refused!(Geometry: within(A) -> Filter<D>);
    refused!(Geometry: within_polygon(A) -> Filter<D>);
    refused!(Geometry: within_circle(A, B) -> Filter<D>);
    refused!(Geometry: within_box(A, B) -> Filter<D>);
    refused!(Geometry: within_flat_polygon(A) -> Filter<D>);
    refused!(Geometry: within_flat_circle(A, B) -> Filter<D>);
    refused!(Geometry: intersects(A) -> Filter<D>);
    refused!([T: Geometry, P: Readable, D: GeoSearch] near(A) -> Filter<D>);
    refused!([T: Geometry, P: Readable, D: GeoSearch] near_sphere(A) -> Filter<D>);
    refused!([T: Geometry, P: Readable, D: GeoSearch] near_flat(A, B) -> Filter<D>);
    refused!(Nullable: is_none() -> Filter<D>);
    refused!(Nullable: is_some() -> Filter<D>);
    refused!(Nullable: eq_or_none(A) -> Filter<D>);
    refused!(Numeric: inc(A) -> Change<D, P>);
    refused!(Numeric: dec(A) -> Change<D, P>);
    refused!(Numeric: mul(A) -> Change<D, P>);
    refused!(Clock: current_date() -> Change<D, P>);
    refused!(Any: set(A) -> Change<D, P>);
    refused!(Any: set_on_insert(A) -> Change<D, P>);
    refused!(Optional: unset() -> Change<D, P>);
    refused!([T: Optional, P: Readable + Writable] rename_to(A) -> Change<D, P>);
    refused!([T: Array, P: OfArray] each() -> Field<D, T, P>);
    refused!([T: Array, P: OfArray] found() -> Field<D, T, P>);
    refused!([T: Array, P: OfArray] elements() -> Field<D, T, P>);
    refused!([T: Array] at(A) -> Field<D, T, P>);
    refused!([T: Array, P: OfArray] update_where(A, B) -> Change<D, P>);
    refused!([T: Array, P: OfArray] update_where_value(A, B) -> Change<D, P>);
    refused!([T: Map] key(A) -> Field<D, T, P>);
    refused!([T: Map, P: Writable] unset_key(A) -> Change<D, Dynamic>);
    refused!(Optional: set_or_unset(A) -> Change<D, P>);
    refused!([T: Options] filter(A) -> Field<D, T, P>);
    refused!([T: Options] sort(A) -> Field<D, T, P>);
    refused!([T: Options] limit(A) -> Field<D, T, P>);
    refused!([T: Options] first() -> Field<D, T, P>);
}

impl<D, T, P> Refused<D, T, P> for Field<D, T, P> {}
