//! From a path to the fields of the document it leads to.

use std::{borrow::Cow, fmt, marker::PhantomData, ops::Deref, rc::Rc, sync::Arc};

use super::{
    AfterStep, AtIndex, AtKey, BehindRef, Dynamic, Field, InOption, Lost, StaticPath, Through, lists,
};
use crate::{
    codec::Maybe,
    model::{Document, Embedded},
    relation::Ref,
};

/// The generated struct that has a [`Field`] for every field of a model.
#[doc(hidden)]
pub trait FieldSet: Sized + 'static {
    const NEW: Self;
    const FIELDS: &'static Self;
}

/// The set of a model without fields.
#[doc(hidden)]
#[derive(Debug)]
pub struct NoFields<T>(PhantomData<fn() -> T>);

impl<T> NoFields<T> {
    pub const NEW: Self = Self(PhantomData);
}

impl<T: 'static> FieldSet for NoFields<T> {
    const NEW: Self = Self(PhantomData);
    const FIELDS: &'static Self = &Self(PhantomData);
}

/// The fields of `T` among those of the document at `P`: a flattened field, or what a variant holds.
///
/// Leads on by `Deref`, so that a type without fields is one error of the codec and none of the paths.
#[doc(hidden)]
pub struct Beside<D, T, P>(PhantomData<Field<D, T, P>>);

impl<D, T, P> Beside<D, T, P> {
    pub const NEW: Self = Self(PhantomData);
}

impl<D, T, P> fmt::Debug for Beside<D, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Beside")
    }
}

impl<D: 'static, T: Embedded, P: StaticPath> Deref for Beside<D, T, P> {
    type Target = T::Fields<D, P>;

    fn deref(&self) -> &Self::Target {
        FieldSet::FIELDS
    }
}

impl<D: 'static, T: Leads, P: StaticPath> Deref for Field<D, T, P> {
    type Target = T::Fields<D, P>;

    fn deref(&self) -> &Self::Target {
        FieldSet::FIELDS
    }
}

macro_rules! chosen {
    ($($place:ident)*) => {$(
        /// Leads to places that no operator takes: the compiler then names `then`.
        impl<D: 'static, T: Leads> Deref for Field<D, T, $place> {
            type Target = T::Fields<D, Lost<AfterStep<$place>>>;

            fn deref(&self) -> &Self::Target {
                FieldSet::FIELDS
            }
        }
    )*};
}

chosen!(AtIndex AtKey Dynamic);

/// A field type below which a path goes on: an embedded document, or an array of them.
///
/// Below an array it goes on to places that no operator takes, so that the compiler says how to name the elements.
#[doc(hidden)]
pub trait Leads {
    type Fields<D: 'static, P: StaticPath>: FieldSet;
}

#[diagnostic::do_not_recommend]
impl<T: Embedded> Leads for T {
    type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
}

macro_rules! arrays {
    ($([$($generic:tt)*] $list:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Embedded, $($generic)*> Leads for $list {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, Through<P>>;
        }
    )*};
}

lists!(arrays);

macro_rules! references {
    ($($reference:ty)*) => {$(
        /// Leads to places that no operator takes: the compiler then says where the document is.
        #[diagnostic::do_not_recommend]
        impl<T: Document + Embedded> Leads for $reference {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, Lost<BehindRef<D>>>;
        }
    )*};
}

references!(Ref<T> Option<Ref<T>>);

macro_rules! transparent {
    ($($wrapper:ident)*) => {$(
        impl<T: Embedded> Embedded for $wrapper<T> {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
        }
    )*};
}

transparent!(Box Rc Arc);

macro_rules! optional {
    ($($wrapper:ident)*) => {$(
        impl<T: Embedded> Embedded for $wrapper<T> {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, InOption<P>>;
        }
    )*};
}

optional!(Option Maybe);

impl<T: Embedded + Clone> Embedded for Cow<'_, T> {
    type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
}
