//! Documents that have their `_id` already.

use super::Record;

/// A model whose `_id` is always there: its field is no `Option`.
///
/// The derive provides it.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` may have no `_id` yet",
    label = "its `_id` is an `Option`, or it is no document",
    note = "name the id itself: `Ref::new(id)`"
)]
pub trait Identified: Record {
    /// The `_id`.
    fn id_of(&self) -> &Self::Id;
}
