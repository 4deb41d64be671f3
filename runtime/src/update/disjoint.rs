//! Two changes of one place do not compile: decided by the type checker, in [`overlap`](crate::path).

use super::{Change, PushEach, Rename, Update, UpdateWhere};
use crate::path::{Both, Here, No, Overlap, Path, Picked, Unknown};

/// Changes of which none writes what another one writes.
#[doc(hidden)]
pub trait Disjoint {
    /// The places that are written.
    type Places;
}

/// Two parts of an update that can stand beside each other.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "two changes of this update write the same path, or a path and its parent",
    label = "this change clashes with another one of the update",
    note = "the server refuses such an update: keep one of the two changes, or `set` the parent to its whole new value"
)]
pub trait Beside<Other> {}

/// The answer that lets an update pass.
#[doc(hidden)]
pub trait Apart {}

impl Apart for No {}

#[diagnostic::do_not_recommend]
impl<A, B> Beside<B> for A
where
    A: Disjoint<Places: Overlap<B::Places, Out: Apart>>,
    B: Disjoint,
{
}

impl<D, P: Path> Disjoint for Change<D, P> {
    type Places = P::Steps<Here>;
}

impl<D, T, P: Path> Disjoint for PushEach<D, T, P> {
    type Places = P::Steps<Here>;
}

impl<D, P: Path, Q: Path> Disjoint for Rename<D, P, Q> {
    type Places = Both<P::Steps<Here>, Q::Steps<Here>>;
}

impl<D, U: Disjoint> Disjoint for UpdateWhere<D, U> {
    type Places = Picked<U::Places>;
}

impl<U: Disjoint> Disjoint for Option<U> {
    type Places = U::Places;
}

/// What is in it is first known at run time, and checked then.
impl<D> Disjoint for Update<D> {
    type Places = Unknown;
}

impl<U> Disjoint for Vec<U> {
    type Places = Unknown;
}

// For each tuple: its elements, and the pairs of them.
macro_rules! tuples {
    ([$($before:ident)*]) => {};
    ([$($before:ident)*] $next:ident $($rest:ident)*) => {
        tuples!(@pairs [$($before)* $next] [] $($before)* $next);
        tuples!([$($before)* $next] $($rest)*);
    };
    (@pairs [$($all:ident)*] [$($bounds:tt)*] $one:ident $($others:ident)*) => {
        tuples!(@pairs [$($all)*] [$($bounds)* $($one: Beside<$others>,)*] $($others)*);
    };
    (@pairs [$($all:ident)*] [$($bounds:tt)*]) => {
        impl<$($all: Disjoint),*> Disjoint for ($($all,)*)
        where
            $($bounds)*
        {
            type Places = tuples!(@places $($all)*);
        }
    };
    (@places $one:ident) => { $one::Places };
    (@places $one:ident $($more:ident)+) => { Both<$one::Places, tuples!(@places $($more)+)> };
}

tuples!([] A B C E F G H I J K L M);
