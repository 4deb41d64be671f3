//! `$inc`.

use mongodb::bson::{Bson, Decimal128};

use super::{Change, Update};
use crate::{
    codec::{As, Maybe, Via},
    filter::Value,
    path::{Field, Path},
};

/// A field type that the server can calculate with.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no number",
    label = "`inc` needs a number",
    note = "to write a new value, use `set`"
)]
pub trait Numeric {}

macro_rules! numeric {
    ($($ty:ty)*) => { $(impl Numeric for $ty {})* };
}

numeric!(i8 i16 i32 i64 u8 u16 u32 f32 f64 Decimal128 Bson);
#[cfg(feature = "rust_decimal-1")]
numeric!(rust_decimal::Decimal);

impl<T: Numeric> Numeric for Option<T> {}
impl<T: Numeric> Numeric for Maybe<T> {}
impl<T, S: Numeric> Numeric for Via<T, As<S>> {}

impl<D, T: Numeric, P: Path> Field<D, T, P> {
    /// Adds `amount`, which may be negative (`$inc`). A missing field counts as zero.
    ///
    /// A result beyond the field's type is stored in a larger one by the server, or refused when there is none.
    pub fn inc<V: Value<T>>(self, amount: V) -> Change<D, P> {
        Change::new(Update::write("$inc", self.name(), amount.into_bson()))
    }
}
