//! Which types are documents with the fields of a model.

use std::{rc::Rc, sync::Arc};

use crate::codec::Maybe;

/// A type whose values are documents with the fields of `M`.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` has no fields of `{M}`",
    label = "not a `{M}`",
    note = "the path must be one of the value's own type, such as `Item.price` below an `Item`"
)]
pub trait Holds<M> {
    /// The type of a field within, as an expression reads it.
    #[doc(hidden)]
    type Of<U>;
}

#[diagnostic::do_not_recommend]
impl<M> Holds<Self> for M {
    type Of<U> = U;
}

macro_rules! holds {
    ($($wrapper:ident => $of:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<M> Holds<M> for $wrapper<M> {
            type Of<U> = $of;
        }
    )*};
}

holds!(Box => U; Rc => U; Arc => U; Option => Option<U>; Maybe => Option<U>;);

#[diagnostic::do_not_recommend]
impl<M> Holds<M> for Option<Box<M>> {
    type Of<U> = Option<U>;
}
