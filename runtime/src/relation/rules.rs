//! What becomes of references to documents that are deleted.

use std::any::type_name;

use mongodb::bson::{Bson, Document as Bag, doc};

use super::{Element, Findable, Ref, Referring};
use crate::{
    model::{Document, VariantOf, only},
    path::{Field, StaticPath},
};

/// What a field with `#[field(on_delete = "..")]` asks for when a document that it refers to is deleted with rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnDelete {
    /// The document is not deleted while others refer to it.
    Restrict,
    /// Those that refer to it are deleted too, with the rules of those that refer to them.
    Cascade,
    /// The reference is removed: the field, or the element of an array.
    Unset,
}

/// The rule of one field.
#[derive(Clone, Debug)]
pub struct DeleteRule {
    pub(crate) model: &'static str,
    pub(crate) collection: &'static str,
    pub(crate) path: &'static str,
    /// What tells the model apart from others in its collection.
    only: Bag,
    /// The collection that it refers to.
    pub(crate) target: &'static str,
    pub(crate) action: OnDelete,
    pub(crate) is_list: bool,
}

impl DeleteRule {
    fn new<D: Document, T: Referring, P: StaticPath>(action: OnDelete, is_list: bool) -> Self {
        let model = type_name::<D>().split('<').next().unwrap_or_default();
        Self {
            model: model.rsplit("::").next().unwrap_or(model),
            collection: D::COLLECTION,
            path: P::NAME,
            only: only::<D>(),
            target: T::Target::COLLECTION,
            action,
            is_list,
        }
    }

    /// The rules of one model of an enum.
    #[doc(hidden)]
    #[must_use]
    pub fn of_variant<E: Document, V: VariantOf<E>>() -> Vec<Self> {
        V::delete_rules()
    }

    /// The rules of an enum over models: those of each.
    #[doc(hidden)]
    #[must_use]
    pub fn of_variants<const N: usize>(rules: [Vec<Self>; N]) -> Vec<Self> {
        rules.into_iter().flatten().collect()
    }

    /// The documents of the model that refer to one of these.
    pub(crate) fn referring(&self, ids: &[Bson]) -> Bag {
        let mut filter = doc! { self.path: { "$in": ids } };
        filter.extend(self.only.clone());
        filter
    }

    /// A rule that keeps what the field refers to from being deleted.
    #[must_use]
    pub fn restrict<D: Document, T: Findable, P: StaticPath>(_: &Field<D, T, P>) -> Self {
        Self::new::<D, T, P>(OnDelete::Restrict, false)
    }

    /// A rule that deletes the documents of the field as well.
    #[must_use]
    pub fn cascade<D: Document, T: Findable, P: StaticPath>(_: &Field<D, T, P>) -> Self {
        Self::new::<D, T, P>(OnDelete::Cascade, false)
    }

    /// A rule that removes the reference.
    #[must_use]
    pub fn unset<D: Document, T: Unset, P: StaticPath>(_: &Field<D, T, P>) -> Self {
        Self::new::<D, T, P>(OnDelete::Unset, T::IS_LIST)
    }
}

/// A reference that a document can do without: an optional one, or an array of them.
#[diagnostic::on_unimplemented(
    message = "a reference of type `{Self}` cannot be removed from its document",
    label = "`on_delete = \"unset\"` needs an optional reference or an array of references",
    note = "write `Option<Ref<User>>` or `Vec<Ref<User>>`; for a required one, `on_delete` is \"cascade\" or \"restrict\""
)]
pub trait Unset: Referring {
    /// Whether it is an array.
    #[doc(hidden)]
    const IS_LIST: bool;
}

#[diagnostic::do_not_recommend]
impl<T: Document> Unset for Option<Ref<T>> {
    const IS_LIST: bool = false;
}

macro_rules! arrays {
    ($([$($generic:tt)*] $list:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Element, $($generic)*> Unset for $list {
            const IS_LIST: bool = true;
        }

        #[diagnostic::do_not_recommend]
        impl<T: Element, $($generic)*> Unset for Option<$list> {
            const IS_LIST: bool = true;
        }
    )*};
}

crate::path::lists!(arrays);

/// The models whose rules a delete carries out: one model, or a tuple of up to twelve.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no model with rules for deleting, and no tuple of such models",
    label = "not a model",
    note = "name the models that may refer to what is deleted: `with_rules::<(Post, Comment)>()`"
)]
pub trait Referrers: 'static {
    /// Their rules.
    fn rules() -> Vec<DeleteRule>;
}

#[diagnostic::do_not_recommend]
impl<D: Document> Referrers for D {
    fn rules() -> Vec<DeleteRule> {
        D::delete_rules()
    }
}

macro_rules! tuples {
    ($($($model:ident)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($model: Referrers),*> Referrers for ($($model,)*) {
            fn rules() -> Vec<DeleteRule> {
                [$($model::rules()),*].concat()
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
