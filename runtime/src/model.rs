//! What a model is: the traits that the derives implement.

mod discriminator;
mod id;
mod identified;
mod record;
mod unique;
pub(crate) mod variant;
mod version;
mod writes;

pub(crate) use self::discriminator::{Whole, begin, encode_whole, guarded, only, refuse};
pub use self::{
    discriminator::Discriminator,
    id::Id,
    identified::Identified,
    record::Record,
    unique::{IntoKey, KeyFields, UniqueKey},
    variant::VariantOf,
    version::Version,
    writes::ReadWrite,
};
#[doc(hidden)]
pub use self::{
    unique::Unique,
    variant::{SameId, TakesAny},
};

use crate::{
    index::Index,
    path::{FieldSet, Root, StaticPath},
    relation::DeleteRule,
    schema::CollectionSpec,
};

/// A type whose fields can be named by paths: a struct or a tagged enum.
///
/// Derive it, together with the codec, by [`Embedded`](macro@crate::Embedded) or
/// [`Document`](macro@crate::Document). `Option`, `Box` and the like lead through to the fields of their inner type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no paths to its fields",
    label = "no document with paths",
    note = "paths are those of structs and enums with `#[derive(Embedded)]` or `#[derive(Document)]`; a view has none: \
            filter, sort and look up before it is made"
)]
pub trait Embedded {
    /// The generated struct with a [`Field`](crate::path::Field) for every field.
    type Fields<D: 'static, P: StaticPath>: FieldSet;
}

/// A model with a collection of its own.
///
/// Derive it by [`Document`](macro@crate::Document).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no document with a collection of its own",
    label = "not a document",
    note = "add `#[derive(Document)]` and `#[document(collection = \"..\")]` to it"
)]
pub trait Document: Record + Embedded {
    /// The name of its collection.
    const COLLECTION: &'static str;

    /// The generated enum of its indexes.
    type Index: IndexName;

    /// The indexes declared on it, without the one on `_id` that every collection has.
    fn indexes() -> Vec<Index<Self>>
    where
        Self: Sized;

    /// What becomes of its references when what they refer to is deleted.
    #[doc(hidden)]
    #[must_use]
    fn delete_rules() -> Vec<DeleteRule> {
        Vec::new()
    }

    /// How its collection is created, where it is no plain one.
    #[must_use = "a declaration does nothing until it is synced"]
    fn spec() -> CollectionSpec<Self>
    where
        Self: Sized,
    {
        CollectionSpec::new()
    }

    /// The root of its paths, for generic code; `User::fields()` is the same as the constant `User`.
    #[must_use]
    fn fields() -> &'static Self::Fields<Self, Root>
    where
        Self: Sized + 'static,
    {
        FieldSet::FIELDS
    }
}

/// The generated enum of a model's indexes.
pub trait IndexName: Copy + Eq + std::fmt::Debug + 'static {
    /// Every index, `_id` first.
    const ALL: &'static [Self];

    /// The name on the server, such as `email_1`.
    fn name(self) -> &'static str;

    /// The index of that name.
    #[must_use]
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|index| index.name() == name)
    }
}
