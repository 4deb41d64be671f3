//! An enum over the models of one collection.

use super::{Discriminator, Document, Record};
use crate::{
    Collection,
    codec::{DecodeOwned, EncodeDocument},
    index::Index,
    path::{Field, StaticPath},
};

/// A model that is a variant of the enum `E`, and in the collection of that.
///
/// The derive on the enum provides it: `enum Event { Click(Click), .. }` makes `Click` a variant of `Event`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no variant of `{E}`",
    label = "not a variant of `{E}`",
    note = "add a variant that holds it to the enum: `{Self}({Self})`"
)]
pub trait VariantOf<E>: Document {
    /// What its documents are told apart by.
    const DISCRIMINATOR: Discriminator;
}

impl<E: Document> Collection<E> {
    /// The documents of one variant: every operation finds, changes and counts those only, and what is inserted is one.
    ///
    /// ```no_run
    /// # use odmium::prelude::*;
    /// # #[derive(Document)]
    /// # #[document(collection = "events", tag = "kind")]
    /// # enum Event { Click(Click) }
    /// # #[derive(Document)]
    /// # #[document(variant_of = Event)]
    /// # struct Click { id: Id<Event>, url: String }
    /// # async fn f(events: odmium::Collection<Event>) -> odmium::Result<()> {
    /// let clicks: Vec<Click> = events.of::<Click>().find(Click.url.starts_with("https:")).await?;
    /// # drop(clicks);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn of<V: VariantOf<E>>(&self) -> Collection<V> {
        self.retyped()
    }
}

/// Every variant has the `_id` type of the first.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the `_id` of `{Self}` has another type than that of the first variant, which is `{I}`",
    label = "the models of one collection have one type of `_id`",
    note = "write `id: {I}` in each of them"
)]
pub trait SameId<I> {}

#[diagnostic::do_not_recommend]
impl<D: Record> SameId<D::Id> for D {}

/// What holds documents of any kind.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the documents of other kinds",
    label = "write `odmium::bson::Document`, which holds any document"
)]
pub trait TakesAny: EncodeDocument + DecodeOwned {}

#[diagnostic::do_not_recommend]
impl TakesAny for mongodb::bson::Document {}

/// What the derives call.
pub(crate) mod generated {
    use super::*;
    use crate::codec::{DecodeError, DocumentReader, generated::unknown_key};

    /// See [`SameId`].
    pub const fn same_id<D: SameId<I>, I>() {}

    /// See [`TakesAny`].
    pub const fn takes_any<T: TakesAny>() {}

    /// Whether a model says that it is a variant of the enum that holds it.
    #[must_use]
    pub const fn is_variant<E: Document, V: VariantOf<E>>() -> bool {
        let of = <V as VariantOf<E>>::DISCRIMINATOR;
        let is_own = match <V as Record>::DISCRIMINATOR {
            Some(own) => same(own.key, of.key) && same(own.text, of.text),
            None => false,
        };
        is_own && same(V::COLLECTION, E::COLLECTION)
    }

    const fn same(some: &str, other: &str) -> bool {
        !crate::path::distinct(&[some], &[other])
    }

    /// Whether a field of type `T` has a key.
    #[must_use]
    pub const fn has_key<D, T, P: StaticPath>(_: &Field<D, T, P>, key: &str) -> bool {
        same(P::NAME, key)
    }

    /// Whether a key tells the model apart.
    #[must_use]
    pub fn is_discriminator<D: Record>(key: &str) -> bool {
        D::DISCRIMINATOR.is_some_and(|own| own.key == key)
    }

    /// Refuses a key that the model does not have; the one that tells it apart is known.
    pub fn unknown_key_of<D: Record>(document: &DocumentReader<'_>) -> Result<(), DecodeError> {
        match D::DISCRIMINATOR {
            Some(own) if document.is_at(own.key) => Ok(()),
            _ => unknown_key(document),
        }
    }

    /// The indexes of a model in a collection of several: over its own documents only.
    #[must_use]
    pub fn shared_indexes<D: Record, const N: usize>(indexes: [Index<D>; N]) -> Vec<Index<D>> {
        let own = D::DISCRIMINATOR.into_iter().flat_map(|own| std::iter::repeat_n(own, N));
        indexes.into_iter().zip(own).map(|(index, own)| index.of_one_kind(own)).collect()
    }

    /// What a variant declares, as indexes of the enum.
    #[must_use]
    pub fn variant_indexes<E: Document, V: VariantOf<E>>() -> Vec<Index<E>> {
        V::indexes().into_iter().map(Index::retyped).collect()
    }

    /// The indexes of the enum and of its variants.
    #[must_use]
    pub fn all_indexes<E, const N: usize>(own: Vec<Index<E>>, variants: [Vec<Index<E>>; N]) -> Vec<Index<E>> {
        own.into_iter().chain(variants.into_iter().flatten()).collect()
    }
}
