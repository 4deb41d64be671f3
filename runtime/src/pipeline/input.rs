//! What a stage computes with.

use crate::{
    expr::{Expr, Operand, Single},
    path::{Field, Located, Presence},
    sort::SortKey,
};

/// What a stage takes as a value of a document of type `D`: a path, an [expression](Expr) or a plain number, text or
/// boolean.
///
/// A path below an optional document gives an `Option`.
#[diagnostic::on_unimplemented(
    message = "this is no value of the documents of the stage, which are `{D}`",
    label = "not a value of `{D}`",
    note = "values are paths of `{D}`, expressions over it, and plain numbers, texts and booleans"
)]
pub trait Input<D> {
    /// The type of the value.
    type Type;

    /// The expression.
    fn into_input(self) -> Expr<D, Self::Type>;
}

#[diagnostic::do_not_recommend]
impl<D, T> Input<D> for Expr<D, T> {
    type Type = T;

    fn into_input(self) -> Self {
        self
    }
}

impl<D, T, P: Single + Located> Input<D> for Field<D, T, P> {
    type Type = <P::Presence as Presence>::Of<T>;

    fn into_input(self) -> Expr<D, Self::Type> {
        self.expr().raw_as()
    }
}

/// An input that differs from document to document.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is the same for all documents: nothing to tell groups apart by",
    label = "a constant, and no field",
    note = "name a field by its path, as in `User.age`, not by a text; all documents are one group by `group_all`"
)]
pub trait Varies {}

#[diagnostic::do_not_recommend]
impl<D, T> Varies for Expr<D, T> {}
#[diagnostic::do_not_recommend]
impl<D, T, P> Varies for Field<D, T, P> {}

// No inputs: that is said once, by `Input`.
#[diagnostic::do_not_recommend]
impl<D> Varies for SortKey<D> {}
#[diagnostic::do_not_recommend]
impl<A, B> Varies for (A, B) {}
#[diagnostic::do_not_recommend]
impl<A, B, C> Varies for (A, B, C) {}

macro_rules! plain {
    ($($plain:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D> Input<D> for $plain {
            type Type = <Self as Operand<D>>::Type;

            fn into_input(self) -> Expr<D, Self::Type> {
                self.into_operand()
            }
        }
    )*};
}

plain!(i32 i64 f64 bool &str String mongodb::bson::DateTime mongodb::bson::Decimal128);
