//! Two changes of one place do not compile: decided by the type checker, in [`overlap`](crate::path).

use super::{IntoUpdate, Update};
use crate::{
    model::KeyFields,
    path::{Both, No, Overlap},
};

/// Two parts of an update that can stand beside each other.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "changes {N} and {M} of this update write the same path, or a path and its parent",
    label = "this change clashes with change {M} of the tuple, counted from 1",
    note = "the server refuses such an update: keep one of the two changes, or `set` the parent to its whole new value"
)]
pub trait Beside<D, Other, const N: usize, const M: usize> {}

/// Changes that leave the key `K` of an upsert alone.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a change of this upsert writes its key, which the upsert sets itself",
    label = "leave out the change of the key"
)]
pub trait BesideKey<D, K> {}

#[diagnostic::do_not_recommend]
impl<D, U, K> BesideKey<D, K> for U
where
    U: IntoUpdate<D, Places: Overlap<K::Writes, Out: Apart>>,
    K: KeyFields<D>,
{
}

/// The answer that lets an update pass.
#[doc(hidden)]
pub trait Apart {}

impl Apart for No {}

#[diagnostic::do_not_recommend]
impl<D, A, B, const N: usize, const M: usize> Beside<D, B, N, M> for A
where
    A: IntoUpdate<D, Places: Overlap<B::Places, Out: Apart>>,
    B: IntoUpdate<D>,
{
}

// For each tuple: its elements with their numbers, and the pairs of them.
macro_rules! tuples {
    ([$($before:ident $n:literal)*]) => {};
    ([$($before:ident $n:literal)*] $next:ident $m:literal $($rest:tt)*) => {
        tuples!(@pairs [$($before)* $next] [] $($before $n)* $next $m);
        tuples!([$($before $n)* $next $m] $($rest)*);
    };
    (@pairs [$($all:ident)*] [$($bounds:tt)*] $one:ident $n:literal $($other:ident $m:literal)*) => {
        tuples!(@pairs [$($all)*] [$($bounds)* $($one: Beside<D, $other, $n, $m>,)*] $($other $m)*);
    };
    (@pairs [$($all:ident)*] [$($bounds:tt)*]) => {
        #[expect(non_snake_case, reason = "the type parameters name the elements")]
        impl<D, $($all: IntoUpdate<D>),*> IntoUpdate<D> for ($($all,)*)
        where
            $($bounds)*
        {
            type Places = tuples!(@places $($all)*);

            const PARTS: &'static [Option<&'static str>] = &[$($all::WRITES),*];

            fn into_update(self) -> Update<D> {
                let ($($all,)*) = self;
                Update::new()$(.join($all))*
            }
        }
    };
    (@places $one:ident) => { $one::Places };
    (@places $one:ident $($more:ident)+) => { Both<$one::Places, tuples!(@places $($more)+)> };
}

tuples!([] A 1 B 2 C 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12);
