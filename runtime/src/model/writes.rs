//! Models whose documents can be written.

use super::Record;

/// A model whose documents can be written: every one that is no view.
///
/// The derive provides it, unless the model declares `create(view(..))`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a view, which is read only",
    label = "the documents of a view cannot be written",
    note = "write the documents of the collection that the view reads",
    note = "generic code asks for `D: ReadWrite`"
)]
pub trait ReadWrite: Record {}

impl ReadWrite for mongodb::bson::Document {}
