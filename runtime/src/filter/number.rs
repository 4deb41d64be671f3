//! Conditions on integers: `$mod`.

use mongodb::bson::Bson;

use super::Filter;
use crate::{
    codec::{As, Maybe, Via},
    path::{Field, Readable},
};

/// A field type that is an integer.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no integer",
    label = "an integer is needed here",
    note = "`modulo` and the conditions on bits work on integer fields"
)]
pub trait Integer {}

macro_rules! integers {
    ($($int:ty)*) => { $(#[diagnostic::do_not_recommend] impl Integer for $int {})* };
}

integers!(i8 i16 i32 i64 u8 u16 u32 Bson);

#[diagnostic::do_not_recommend]
impl<T: Integer> Integer for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Integer> Integer for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T> Integer for Via<T, As<i64>> {}

/// Conditions on integers.
impl<D, T: Integer, P: Readable> Field<D, T, P> {
    /// The field divided by `divisor` leaves `remainder` (`$mod`). A divisor of zero is an error when the filter is used.
    pub fn modulo(self, divisor: i64, remainder: i64) -> Filter<D> {
        if divisor == 0 {
            return Filter::refused(format!(
                "`{}` cannot be divided by zero: give `modulo` another divisor",
                self.name()
            ));
        }
        Filter::test(self.name(), "$mod", Ok(Bson::Array(vec![divisor.into(), remainder.into()])))
    }
}
