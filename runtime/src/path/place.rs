//! The places of a document, as types without a size.

use std::{borrow::Cow, fmt, marker::PhantomData};

use super::{
    Dynamic, Path, StaticPath,
    name::{Keys, MAX_LEN, cut, join},
    number::{End, Number},
    overlap::{Elements, Found, Key, Merged, Unknown},
};
use crate::index::{Many, One};

/// Neither owns nor borrows: always `Send`, `Sync` and `Copy`.
type Marker<T> = PhantomData<fn() -> T>;

/// The document itself.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Root;

/// The `N`th key of `M`, below `P`.
#[doc(hidden)]
pub struct Sub<P, M, N>(Marker<(P, M, N)>);

/// What is flattened, as the `N`th field, into the document at `P`. It has no name of its own.
#[doc(hidden)]
pub struct Flat<P, N>(Marker<(P, N)>);

/// Any element of the array at `P`, for reading: one name stands for all of them.
pub struct AnyElement<P>(Marker<P>);

/// Every element of the array at `P`, for writing: `$[]`.
pub struct EachElement<P>(Marker<P>);

/// The element of the array at `P` that the operation's filter found, for writing: `$`.
pub struct FoundElement<P>(Marker<P>);

/// The elements of the array at `P` that a filter of their own picks, for writing: `$[f0]`.
pub struct PickedElement<P>(Marker<P>);

/// Below the array at `P`, without a word on which elements are meant. No operator takes it: it is there for the
/// compiler's message, which then says what to write.
#[doc(hidden)]
pub struct Through<P>(Marker<P>);

/// What is below the optional document at `P`: named as without it, and perhaps absent.
#[doc(hidden)]
pub struct InOption<P>(Marker<P>);

/// Below a place that a path cannot go on from, for the reason `W`. No operator takes it, as [`Through`].
#[doc(hidden)]
pub struct Lost<W>(Marker<W>);

/// Stands for `$[f0]` in a name until the update is rendered, which gives the filters their names.
pub(crate) const PICKED: &str = "$[?]";

macro_rules! place {
    ($place:ident<$($generic:ident $(: $bound:path)?),*> {
        steps: $steps:ty,
        multiplicity: $multiplicity:ty,
        name: $name:expr $(,)?
    }) => {
        impl<$($generic),*> Clone for $place<$($generic),*> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($generic),*> Copy for $place<$($generic),*> {}

        impl<$($generic $(: $bound + 'static)?),*> fmt::Debug for $place<$($generic),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Self::NAME)
            }
        }

        impl<$($generic $(: $bound + 'static)?),*> Path for $place<$($generic),*> {
            const KNOWN: Option<&'static str> = Some(Self::NAME);
            type Steps<Rest> = $steps;
            type Chosen = Dynamic;

            #[inline]
            fn into_name(self) -> Cow<'static, str> {
                Cow::Borrowed(Self::NAME)
            }
        }

        impl<$($generic $(: $bound + 'static)?),*> StaticPath for $place<$($generic),*> {
            const NAME: &'static str = $name;
            const NEW: Self = Self(PhantomData);
            type Multiplicity = $multiplicity;
        }
    };
}

/// The parts of a name below another place.
macro_rules! below {
    ($parent:expr, $key:expr) => {
        if $parent.is_empty() { $key } else { cut(&Self::BYTES, $parent.len() + 1 + $key.len()) }
    };
}

place!(Sub<P: StaticPath, M: Keys, N: Number> {
    steps: P::Steps<Key<N::Bits<End>, Rest>>,
    multiplicity: P::Multiplicity,
    name: below!(P::NAME, M::KEYS[N::VALUE]),
});

place!(Flat<P: StaticPath, N: Number> {
    steps: P::Steps<Merged<N::Bits<End>, Rest>>,
    multiplicity: P::Multiplicity,
    name: P::NAME,
});

place!(AnyElement<P: StaticPath> {
    steps: P::Steps<Elements<Rest>>,
    multiplicity: Many,
    name: P::NAME,
});

place!(Through<P: StaticPath> {
    steps: P::Steps<Elements<Rest>>,
    multiplicity: Many,
    name: P::NAME,
});

place!(InOption<P: StaticPath> {
    steps: P::Steps<Rest>,
    multiplicity: P::Multiplicity,
    name: P::NAME,
});

place!(EachElement<P: StaticPath> {
    steps: P::Steps<Elements<Rest>>,
    multiplicity: Many,
    name: below!(P::NAME, "$[]"),
});

place!(FoundElement<P: StaticPath> {
    steps: P::Steps<Found<Rest>>,
    multiplicity: Many,
    name: below!(P::NAME, "$"),
});

place!(PickedElement<P: StaticPath> {
    steps: P::Steps<Elements<Rest>>,
    multiplicity: Many,
    name: below!(P::NAME, PICKED),
});

// The length of a name cannot be the length of an array on stable Rust: a fixed buffer stands in.
impl<P: StaticPath, M: Keys + 'static, N: Number> Sub<P, M, N> {
    const BYTES: [u8; MAX_LEN] = join(P::NAME, M::KEYS[N::VALUE]);
}

impl<P: StaticPath> EachElement<P> {
    const BYTES: [u8; MAX_LEN] = join(P::NAME, "$[]");
}

impl<P: StaticPath> FoundElement<P> {
    const BYTES: [u8; MAX_LEN] = join(P::NAME, "$");
}

impl<P: StaticPath> PickedElement<P> {
    const BYTES: [u8; MAX_LEN] = join(P::NAME, PICKED);
}

impl<W> Clone for Lost<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Lost<W> {}

impl<W> fmt::Debug for Lost<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lost")
    }
}

impl<W: 'static> Path for Lost<W> {
    const KNOWN: Option<&'static str> = None;
    type Steps<Rest> = Unknown;
    type Chosen = Dynamic;

    fn into_name(self) -> Cow<'static, str> {
        Cow::Borrowed(Self::NAME)
    }
}

impl<W: 'static> StaticPath for Lost<W> {
    const NAME: &'static str = "";
    const NEW: Self = Self(PhantomData);
    type Multiplicity = One;
}

impl Path for Root {
    const KNOWN: Option<&'static str> = Some("");
    type Steps<Rest> = Rest;
    type Chosen = Dynamic;

    fn into_name(self) -> Cow<'static, str> {
        Cow::Borrowed("")
    }
}

impl StaticPath for Root {
    const NAME: &'static str = "";
    const NEW: Self = Self;
    type Multiplicity = One;
}
