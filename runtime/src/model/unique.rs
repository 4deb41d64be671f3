//! Fields with a unique index: what names one document.

use mongodb::bson::Bson;

use crate::{
    codec::EncodeError,
    filter::IntoValue,
    path::{Both, Field, Here, Name, Path},
};

/// A model with a unique index over exactly the field at `P`, or over exactly the fields of a tuple `P`.
///
/// The derive provides it for `_id` and for each index that is declared `unique` over fields of the model itself,
/// unless it is `partial`: outside of a partial index nothing is unique.
#[diagnostic::on_unimplemented(
    message = "no unique index of `{Self}` is over exactly this key",
    label = "no unique index: it may be in many documents",
    note = "declare one by `#[field(index(unique))]` on the field, or by `index(org, name, unique)` on `{Self}` for a tuple of fields in that order",
    note = "to take the first of many documents, use `find(..).first()`; to change it, `update_one`"
)]
pub trait UniqueKey<P>: Unique<P> {}

/// What the derive implements.
///
/// A trait of its own, so that the compiler says what to do, and not which keys there are.
#[doc(hidden)]
pub trait Unique<P> {}

#[diagnostic::do_not_recommend]
impl<D: Unique<P>, P> UniqueKey<P> for D {}

/// A field, or a tuple of two to four fields, by which one document can be named.
#[diagnostic::on_unimplemented(
    message = "this is no key of `{D}`",
    label = "not a field of `{D}`",
    note = "write a field with a unique index, as in `User.email`, or a tuple of fields: `(User.org, User.name)`"
)]
pub trait KeyFields<D> {
    /// The place, or the tuple of places.
    #[doc(hidden)]
    type Places;

    /// The types, as a tuple also for one field.
    #[doc(hidden)]
    type Types;

    /// The places as an update sees them.
    #[doc(hidden)]
    type Writes;

    /// The names.
    #[doc(hidden)]
    fn names(self) -> Vec<Name>;
}

/// A value for a key over fields of the types `T`: what the field takes, or a tuple of what the fields take.
#[diagnostic::on_unimplemented(
    message = "a key of the field types `{T}` cannot take a value of type `{Self}`",
    label = "not a value for a key of `{T}`",
    note = "give what the field takes, or for several fields a tuple of values in their order"
)]
pub trait IntoKey<T> {
    /// The values, in the order of the fields.
    #[doc(hidden)]
    fn into_values(self) -> Vec<Result<Bson, EncodeError>>;
}

#[diagnostic::do_not_recommend]
impl<D, T, P: Path> KeyFields<D> for Field<D, T, P> {
    type Places = P;
    type Types = (T,);
    type Writes = P::Steps<Here>;

    fn names(self) -> Vec<Name> {
        vec![self.name()]
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: IntoValue<T>> IntoKey<(T,)> for V {
    fn into_values(self) -> Vec<Result<Bson, EncodeError>> {
        vec![self.into_bson()]
    }
}

macro_rules! tuples {
    (@both $one:ident) => { $one::Steps<Here> };
    (@both $one:ident $($more:ident)+) => { Both<$one::Steps<Here>, tuples!(@both $($more)+)> };
    ($($($ty:ident $place:ident $value:ident $number:tt),*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D, $($ty, $place: Path),*> KeyFields<D> for ($(Field<D, $ty, $place>,)*) {
            type Places = ($($place,)*);
            type Types = ($($ty,)*);
            type Writes = tuples!(@both $($place)*);

            fn names(self) -> Vec<Name> {
                vec![$(self.$number.name()),*]
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($ty, $value: IntoValue<$ty>),*> IntoKey<($($ty,)*)> for ($($value,)*) {
            fn into_values(self) -> Vec<Result<Bson, EncodeError>> {
                vec![$(self.$number.into_bson()),*]
            }
        }
    )*};
}

tuples! {
    T0 P0 V0 0, T1 P1 V1 1;
    T0 P0 V0 0, T1 P1 V1 1, T2 P2 V2 2;
    T0 P0 V0 0, T1 P1 V1 1, T2 P2 V2 2, T3 P3 V3 3;
}
