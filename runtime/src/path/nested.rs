//! From a path to the fields of the document it leads to.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
    ops::Deref,
    rc::Rc,
    sync::Arc,
};

use mongodb::bson::Document;

use super::{Field, StaticPath};
use crate::{codec::Maybe, model::Embedded};

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

/// The paths of a flattened field; a map has none.
#[doc(hidden)]
pub trait Flat {
    type Fields<D: 'static, P: StaticPath>: FieldSet;
}

#[diagnostic::do_not_recommend]
impl<T: Embedded> Flat for T {
    type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
}

impl<K, V, S> Flat for HashMap<K, V, S> {
    type Fields<D: 'static, P: StaticPath> = NoFields<(D, P)>;
}

impl<K, V> Flat for BTreeMap<K, V> {
    type Fields<D: 'static, P: StaticPath> = NoFields<(D, P)>;
}

impl Flat for Document {
    type Fields<D: 'static, P: StaticPath> = NoFields<(D, P)>;
}

impl<D: 'static, T: Embedded, P: StaticPath> Deref for Field<D, T, P> {
    type Target = T::Fields<D, P>;

    fn deref(&self) -> &Self::Target {
        FieldSet::FIELDS
    }
}

macro_rules! transparent {
    ($($wrapper:ident)*) => {$(
        impl<T: Embedded> Embedded for $wrapper<T> {
            type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
        }
    )*};
}

transparent!(Option Maybe Box Rc Arc);

impl<T: Embedded + Clone> Embedded for Cow<'_, T> {
    type Fields<D: 'static, P: StaticPath> = T::Fields<D, P>;
}
