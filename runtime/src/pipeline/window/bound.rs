//! Where a window begins and ends.

use mongodb::bson::Bson;

/// Where a window begins or ends: at a document, a value, or nowhere.
///
/// A number is a distance from the current document or value: `-1` is the one before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// The first or the last document of the partition.
    Unbounded,
    /// The current document.
    Current,
    /// So many documents away; of a range, so far away in value.
    Offset(f64),
}

/// What [`Window::documents`](super::Window::documents) and its kin take as a bound: a [`Bound`] or a number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no bound of a window",
    label = "not a bound",
    note = "write `Bound::Unbounded`, `Bound::Current`, or a number, which is negative for what comes before"
)]
pub trait IntoBound {
    /// The bound.
    #[doc(hidden)]
    fn into_bound(self) -> Bound;
}

#[diagnostic::do_not_recommend]
impl<B: Into<Bound>> IntoBound for B {
    fn into_bound(self) -> Bound {
        self.into()
    }
}

impl From<i32> for Bound {
    fn from(offset: i32) -> Self {
        Self::Offset(offset.into())
    }
}

impl From<f64> for Bound {
    fn from(offset: f64) -> Self {
        Self::Offset(offset)
    }
}

impl From<Bound> for Bson {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Unbounded => "unbounded".into(),
            Bound::Current => "current".into(),
            // The server takes whole numbers of documents, in whatever type.
            Bound::Offset(offset) => offset.into(),
        }
    }
}
