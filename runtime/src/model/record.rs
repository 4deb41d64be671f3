//! What a collection can hold.

use std::fmt;

use mongodb::bson::{Bson, Document};

use super::{Discriminator, Version};
use crate::codec::{Decode, DecodeOwned, Encode, EncodeDocument};

/// A type that a [`Collection`](crate::Collection) can hold: every model, and [`bson::Document`](Document) for code
/// that knows none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be held by a collection",
    label = "not a document",
    note = "add `#[derive(Document)]` to it, or use `odmium::bson::Document` for documents of any shape"
)]
pub trait Record: EncodeDocument + Sized + 'static {
    /// The type of `_id`; for an `Option` field, the type inside.
    type Id: Encode + DecodeOwned + Clone + fmt::Debug + Send + Sync + 'static;

    /// The type as it is read from bytes that live for `'de`: itself, or the same with borrowed fields.
    type Borrowed<'de>: Decode<'de>;

    /// What tells its documents apart from those of other models in its collection; none where it has one of its own.
    ///
    /// Every operation is about its own documents only. The derive sets it for `variant_of` and `discriminator`.
    const DISCRIMINATOR: Option<Discriminator> = None;

    /// Whether it is one of several models in a collection, or the enum over them.
    #[doc(hidden)]
    const SHARED: bool = Self::DISCRIMINATOR.is_some();

    /// The key of the version, where the model has one.
    #[doc(hidden)]
    const VERSION: Option<&'static str> = None;

    /// The version.
    #[doc(hidden)]
    fn version_mut(&mut self) -> Option<&mut dyn Version> {
        None
    }
}

impl Record for Document {
    type Id = Bson;
    type Borrowed<'de> = Self;
}
