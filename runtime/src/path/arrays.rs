//! The places of elements, below a path that the compiler knows and below one that is first known at run time.

use super::{
    AnyElement, AtIndex, AtKey, Chosen, Dynamic, EachElement, FoundElement, Path, PickedElement, StaticPath,
    place::PICKED,
};

/// A place below which elements can be named.
#[doc(hidden)]
pub trait OfArray: Path {
    type Each: Path;
    type Found: Path;
    type Any: Path;
    type Picked: Path;

    fn each(self) -> Self::Each;
    fn found(self) -> Self::Found;
    fn any(self) -> Self::Any;
    fn picked(self) -> Self::Picked;
}

#[diagnostic::do_not_recommend]
impl<P: StaticPath> OfArray for P {
    type Each = EachElement<P>;
    type Found = FoundElement<P>;
    type Any = AnyElement<P>;
    type Picked = PickedElement<P>;

    fn each(self) -> Self::Each {
        StaticPath::NEW
    }

    fn found(self) -> Self::Found {
        StaticPath::NEW
    }

    fn any(self) -> Self::Any {
        StaticPath::NEW
    }

    fn picked(self) -> Self::Picked {
        StaticPath::NEW
    }
}

macro_rules! chosen {
    ($($place:ident)*) => {$(
        impl OfArray for $place {
            type Each = Self;
            type Found = Self;
            type Any = Self;
            type Picked = Self;

            fn each(self) -> Self {
                below(self, "$[]")
            }

            fn found(self) -> Self {
                below(self, "$")
            }

            fn any(self) -> Self {
                self
            }

            fn picked(self) -> Self {
                below(self, PICKED)
            }
        }
    )*};
}

chosen!(Dynamic AtIndex AtKey);

fn below<P: Chosen>(array: P, segment: &str) -> P {
    P::new(format!("{}.{segment}", array.into_name()).into())
}
