//! Names that are only known at run time.

use std::borrow::Cow;

use super::{Name, Path, overlap::Unknown};

/// A path whose name is only known at run time: [`Field::raw`](super::Field::raw).
#[derive(Clone, Debug)]
pub struct Dynamic(pub(super) Cow<'static, str>);

/// A path through the element of a number, [`Field::at`](super::Field::at). There may be no such element.
#[derive(Clone, Debug)]
pub struct AtIndex(Cow<'static, str>);

/// A path through the value of a key of a map, [`key`](super::Field#method.key). There may be no such key.
#[derive(Clone, Debug)]
pub struct AtKey(Cow<'static, str>);

/// A place whose name is only known at run time.
#[doc(hidden)]
pub trait Chosen: Path {
    /// What becomes of it below a path with such a step.
    type Or<K: Chosen>: Chosen;
    type OrKey: Chosen;

    fn new(name: Cow<'static, str>) -> Self;
}

macro_rules! chosen {
    ($($place:ident<$other:ident> or $or:ty, or_key $or_key:ty;)*) => {$(
        impl Path for $place {
            const KNOWN: Option<&'static str> = None;
            type Steps<Rest> = Unknown;
            type Chosen = Self;

            fn into_name(self) -> Name {
                self.0
            }
        }

        impl Chosen for $place {
            type Or<$other: Chosen> = $or;
            type OrKey = $or_key;

            fn new(name: Name) -> Self {
                Self(name)
            }
        }
    )*};
}

chosen! {
    Dynamic<K> or K, or_key AtKey;
    AtKey<K> or K::OrKey, or_key AtKey;
    AtIndex<K> or AtIndex, or_key AtIndex;
}

/// The place of a step to `K` below `P`.
pub(super) type Below<P, K> = <<P as Path>::Chosen as Chosen>::Or<K>;
