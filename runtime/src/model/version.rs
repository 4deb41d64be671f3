//! The version of a document, for saves that notice each other.

/// A field type that can be marked by `#[field(version)]`.
#[diagnostic::on_unimplemented(
    message = "a version cannot be of type `{Self}`",
    label = "a version is counted up by each save: make it an `i32` or an `i64`"
)]
pub trait Version {
    /// Sets it to a number that is not above [`max`](Self::max).
    fn set(&mut self, version: i64);

    /// The largest number that it can hold.
    fn max(&self) -> i64;
}

macro_rules! versions {
    ($($int:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Version for $int {
            fn set(&mut self, version: i64) {
                *self = Self::try_from(version).unwrap_or(Self::MAX);
            }

            fn max(&self) -> i64 {
                Self::MAX.into()
            }
        }
    )*};
}

versions!(i32 i64);
