//! Whether two places of a document are one, or one within the other: decided by the type checker.
//!
//! A [`Path`](super::Path) gives its steps from the root on as a list type. The lists are walked together: where the
//! first one ends, the other place is the same or within it.

use std::marker::PhantomData;

use super::number::{No, Same, Yes};

/// The end of the steps.
#[derive(Debug)]
pub struct Here;

/// A field with the number of these bits, then further steps.
#[derive(Debug)]
pub struct Key<Bits, Rest>(PhantomData<(Bits, Rest)>);

/// What is flattened into the document, then further steps.
#[derive(Debug)]
pub struct Merged<Bits, Rest>(PhantomData<(Bits, Rest)>);

/// Every element, or those that a filter picks (`$[]`, `$[f0]`), then further steps.
#[derive(Debug)]
pub struct Elements<Rest>(PhantomData<Rest>);

/// The element that the operation's filter found (`$`), then further steps.
#[derive(Debug)]
pub struct Found<Rest>(PhantomData<Rest>);

/// A place that is first known at run time, and checked then.
#[derive(Debug)]
pub struct Unknown;

/// Two places.
#[derive(Debug)]
pub struct Both<A, B>(PhantomData<(A, B)>);

/// Places in elements that a filter picks: another filter picks others.
#[derive(Debug)]
pub struct Picked<A>(PhantomData<A>);

/// Whether the places `Self` and `Other` overlap.
pub trait Overlap<Other> {
    type Out;
}

/// Goes on with the rest where the first steps are the same.
pub trait Then<A, B> {
    type Out;
}

impl<A, B> Then<A, B> for No {
    type Out = Self;
}

impl<A: Overlap<B>, B> Then<A, B> for Yes {
    type Out = A::Out;
}

/// One of two answers is yes.
pub trait Or<Other> {
    type Out;
}

impl<Other> Or<Other> for Yes {
    type Out = Self;
}

impl<Other> Or<Other> for No {
    type Out = Other;
}

macro_rules! overlap {
    ($([$($generic:ident),*] $one:ty, $other:ty => $out:ident;)*) => {$(
        impl<$($generic),*> Overlap<$other> for $one {
            type Out = $out;
        }
    )*};
}

overlap! {
    [] Here, Here => Yes;
    [N, A] Here, Key<N, A> => Yes;
    [N, A] Here, Merged<N, A> => Yes;
    [A] Here, Elements<A> => Yes;
    [A] Here, Found<A> => Yes;
    [] Here, Unknown => No;
    [N, A] Key<N, A>, Here => Yes;
    [N, A] Key<N, A>, Unknown => No;
    [N, A, M, B] Key<N, A>, Merged<M, B> => No;
    [N, A] Merged<N, A>, Here => Yes;
    [N, A] Merged<N, A>, Unknown => No;
    [N, A, M, B] Merged<N, A>, Key<M, B> => No;
    [A] Elements<A>, Here => Yes;
    [A] Elements<A>, Unknown => No;
    // The server takes `$` for a number beside `$[]`, and refuses the two in one array.
    [A, B] Elements<A>, Found<B> => Yes;
    [A] Found<A>, Here => Yes;
    [A] Found<A>, Unknown => No;
    [A, B] Found<A>, Elements<B> => Yes;
    [A] Unknown, A => No;
    [A, B] Picked<A>, Picked<B> => No;
}

impl<N: Same<M>, A, M, B> Overlap<Key<M, B>> for Key<N, A>
where
    N::Out: Then<A, B>,
{
    type Out = <N::Out as Then<A, B>>::Out;
}

impl<N: Same<M>, A, M, B> Overlap<Merged<M, B>> for Merged<N, A>
where
    N::Out: Then<A, B>,
{
    type Out = <N::Out as Then<A, B>>::Out;
}

impl<A: Overlap<B>, B> Overlap<Elements<B>> for Elements<A> {
    type Out = A::Out;
}

impl<A: Overlap<B>, B> Overlap<Found<B>> for Found<A> {
    type Out = A::Out;
}

macro_rules! wrapped {
    ($([$($generic:ident),*] $place:ty;)*) => {$(
        impl<$($generic,)* X, Y> Overlap<Both<X, Y>> for $place
        where
            Self: Overlap<X, Out: Or<<Self as Overlap<Y>>::Out>> + Overlap<Y>,
        {
            type Out = <<Self as Overlap<X>>::Out as Or<<Self as Overlap<Y>>::Out>>::Out;
        }

        impl<$($generic,)* X> Overlap<Picked<X>> for $place
        where
            Self: Overlap<X>,
        {
            type Out = <Self as Overlap<X>>::Out;
        }

        impl<$($generic,)* X: Overlap<$place>> Overlap<$place> for Picked<X> {
            type Out = X::Out;
        }
    )*};
}

wrapped! {
    [] Here;
    [N, A] Key<N, A>;
    [N, A] Merged<N, A>;
    [A] Elements<A>;
    [A] Found<A>;
}

impl<A: Overlap<X, Out: Or<B::Out>>, B: Overlap<X>, X> Overlap<X> for Both<A, B> {
    type Out = <A::Out as Or<B::Out>>::Out;
}

impl<A, X, Y> Overlap<Both<X, Y>> for Picked<A>
where
    Self: Overlap<X, Out: Or<<Self as Overlap<Y>>::Out>> + Overlap<Y>,
{
    type Out = <<Self as Overlap<X>>::Out as Or<<Self as Overlap<Y>>::Out>>::Out;
}

impl<A> Overlap<Unknown> for Picked<A> {
    type Out = No;
}
