//! The numbers of fields as types, so that the type checker can tell two fields apart.
//!
//! A constant parameter would do for a name, but stable Rust cannot compare two of them while it checks types, and a
//! constant that compares them is first evaluated when code is generated, which `cargo check` does not do.

use std::marker::PhantomData;

/// The answer of a comparison.
#[derive(Debug)]
pub struct Yes;

/// The other answer.
#[derive(Debug)]
pub struct No;

/// The number of a field: a digit, or `N<N<D1, D2>, D0>` for 120.
pub trait Number: 'static {
    const VALUE: usize;
    /// Its digits, the last one first, each of four bits.
    type Bits<Rest>;
}

/// The number that has the digit `D` behind the digits of `H`.
#[derive(Debug)]
pub struct N<H, D>(PhantomData<(H, D)>);

impl<H: Number, D: Number> Number for N<H, D> {
    const VALUE: usize = H::VALUE * 10 + D::VALUE;
    type Bits<Rest> = D::Bits<H::Bits<Rest>>;
}

/// A bit that is not set, before the others.
#[derive(Debug)]
pub struct O<Rest>(PhantomData<Rest>);

/// A bit that is set, before the others.
#[derive(Debug)]
pub struct I<Rest>(PhantomData<Rest>);

/// After the last bit.
#[derive(Debug)]
pub struct End;

macro_rules! digits {
    ($($digit:ident $value:literal: $a:ident $b:ident $c:ident $d:ident;)*) => {$(
        #[derive(Debug)]
        pub struct $digit;

        impl Number for $digit {
            const VALUE: usize = $value;
            type Bits<Rest> = $a<$b<$c<$d<Rest>>>>;
        }
    )*};
}

digits! {
    D0 0: O O O O;
    D1 1: I O O O;
    D2 2: O I O O;
    D3 3: I I O O;
    D4 4: O O I O;
    D5 5: I O I O;
    D6 6: O I I O;
    D7 7: I I I O;
    D8 8: O O O I;
    D9 9: I O O I;
}

/// Whether two lists of bits are the same.
pub trait Same<B> {
    type Out;
}

impl Same<Self> for End {
    type Out = Yes;
}
impl<B> Same<O<B>> for End {
    type Out = No;
}
impl<B> Same<I<B>> for End {
    type Out = No;
}
impl<A> Same<End> for O<A> {
    type Out = No;
}
impl<A> Same<End> for I<A> {
    type Out = No;
}
impl<A, B> Same<I<B>> for O<A> {
    type Out = No;
}
impl<A, B> Same<O<B>> for I<A> {
    type Out = No;
}
impl<A: Same<B>, B> Same<O<B>> for O<A> {
    type Out = A::Out;
}
impl<A: Same<B>, B> Same<I<B>> for I<A> {
    type Out = A::Out;
}
