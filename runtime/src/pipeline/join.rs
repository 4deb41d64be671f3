//! Which keys can be equal.

use std::collections::{BTreeSet, HashSet};

use crate::{
    model::Document,
    relation::{PlainId, Ref},
};

/// A key of type `Self` can equal one of type `T`: the same type, each of them perhaps optional or an array of it.
#[diagnostic::on_unimplemented(
    message = "a key of type `{Self}` never equals one of type `{T}`",
    label = "the keys of both sides must have one type",
    note = "either side may be an `Option` or an array of the other's type"
)]
pub trait JoinKey<T> {}

#[diagnostic::do_not_recommend]
impl<T> JoinKey<T> for T {}

macro_rules! keys {
    ($([$($generic:ident)?] $wrapper:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T $(, $generic)?> JoinKey<T> for $wrapper {}
        #[diagnostic::do_not_recommend]
        impl<T $(, $generic)?> JoinKey<$wrapper> for T {}
    )*};
}

keys! {
    [] Option<T>;
    [] Vec<T>;
    [] BTreeSet<T>;
    [S] HashSet<T, S>;
    [] Option<Vec<T>>;
}

// A reference equals the id of its model.
macro_rules! references {
    ($([$($generic:ident)?] $reference:ty, $id:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Document<Id = I>, I: PlainId $(, $generic)?> JoinKey<$id> for $reference {}
        #[diagnostic::do_not_recommend]
        impl<T: Document<Id = I>, I: PlainId $(, $generic)?> JoinKey<$reference> for $id {}
    )*};
}

references! {
    [] Ref<T>, I;
    [] Option<Ref<T>>, I;
    [] Vec<Ref<T>>, I;
    [] BTreeSet<Ref<T>>, I;
    [S] HashSet<Ref<T>, S>, I;
    [] Option<Vec<Ref<T>>>, I;
    [] Ref<T>, Option<I>;
    [] Ref<T>, Vec<I>;
    [] Option<Ref<T>>, Option<I>;
}

#[diagnostic::do_not_recommend]
impl<T> JoinKey<Option<T>> for Vec<T> {}
#[diagnostic::do_not_recommend]
impl<T> JoinKey<Vec<T>> for Option<T> {}
