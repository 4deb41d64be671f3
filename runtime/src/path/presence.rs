//! Whether a path leads through documents that may be absent, known by its type.

use super::{
    AtIndex, AtKey, Dynamic, EachElement, Flat, FoundElement, InOption, Lost, Path, PickedElement, Reason,
    Root, Sub, Through,
};

/// A path whose value can be selected.
///
/// The gate alone: what a selection gives is known of every path, so that a refused one gives one error.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path goes through an array, and has no value of its own",
    label = "not a path that can be selected",
    note = "take the array: `User.lines`, or in a view `lines: Vec<LineView>` with a view of its elements",
    note = "the element of a number is computed: `User.lines.at(0).expr().optional()`"
)]
pub trait Selectable: Located {}

/// A path, and whether what it leads to may be absent.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path stands for elements of an array, and nothing of it can be selected",
    label = "not a path that can be selected",
    note = "take the array: `User.lines`, or in a view `lines: Vec<LineView>` with a view of its elements"
)]
pub trait Located: Path + Clone + Send + Sync + 'static {
    type Presence: Presence;
}

/// What selecting a `T` gives.
#[doc(hidden)]
pub trait Presence: 'static {
    type Of<T>;

    /// Gives the value, or what it is when a document on the way is absent.
    fn give<T, E>(
        value: Option<Result<T, E>>,
        missing: impl FnOnce() -> Result<T, E>,
    ) -> Result<Self::Of<T>, E>;

    /// Gives what it is when the document is there, and the field is not.
    fn lack<T, E>(absent: impl FnOnce() -> Result<T, E>) -> Result<Self::Of<T>, E>;
}

/// Every document on the way is required.
#[doc(hidden)]
#[derive(Debug)]
pub struct Always;

/// Some document on the way is optional.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sometimes;

/// Nothing says that it is there, such as a key of a map.
#[doc(hidden)]
#[derive(Debug)]
pub struct Perhaps;

/// Refused.
#[doc(hidden)]
#[derive(Debug)]
pub struct InArray;

macro_rules! required {
    ($($presence:ident)*) => {$(
        impl Presence for $presence {
            type Of<T> = T;

            fn give<T, E>(value: Option<Result<T, E>>, missing: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
                value.unwrap_or_else(missing)
            }

            fn lack<T, E>(absent: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
                absent()
            }
        }
    )*};
}

required!(Always InArray);

impl Presence for Sometimes {
    type Of<T> = Option<T>;

    fn give<T, E>(value: Option<Result<T, E>>, _: impl FnOnce() -> Result<T, E>) -> Result<Option<T>, E> {
        value.transpose()
    }

    fn lack<T, E>(absent: impl FnOnce() -> Result<T, E>) -> Result<Option<T>, E> {
        absent().map(Some)
    }
}

impl Presence for Perhaps {
    type Of<T> = Option<T>;

    fn give<T, E>(value: Option<Result<T, E>>, _: impl FnOnce() -> Result<T, E>) -> Result<Option<T>, E> {
        value.transpose()
    }

    fn lack<T, E>(_: impl FnOnce() -> Result<T, E>) -> Result<Option<T>, E> {
        Ok(None)
    }
}

macro_rules! places {
    ($([$($generic:ident),*] $place:ty: $presence:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<P: Located $(, $generic: 'static)*> Located for $place
        where
            Self: Path,
        {
            type Presence = $presence;
        }
    )*};
}

places! {
    [] InOption<P>: Sometimes;
    [] Through<P>: InArray;
    [] EachElement<P>: InArray;
    [] FoundElement<P>: InArray;
    [] PickedElement<P>: InArray;
    [M, N] Sub<P, M, N>: P::Presence;
    [N] Flat<P, N>: P::Presence;
}

#[diagnostic::do_not_recommend]
impl<W: 'static> Located for Lost<W> {
    type Presence = InArray;
}

#[diagnostic::do_not_recommend]
impl Located for Root {
    type Presence = Always;
}

/// The types of a raw path are taken on trust.
#[diagnostic::do_not_recommend]
impl Located for Dynamic {
    type Presence = Always;
}

#[diagnostic::do_not_recommend]
impl Located for AtKey {
    type Presence = Perhaps;
}

// Not selectable: a projection knows no element by its number.
#[diagnostic::do_not_recommend]
impl Located for AtIndex {
    type Presence = Perhaps;
}

impl<W: Reason> Selectable for Lost<W> {}
#[diagnostic::do_not_recommend]
impl Selectable for Root {}
#[diagnostic::do_not_recommend]
impl Selectable for Dynamic {}
#[diagnostic::do_not_recommend]
impl Selectable for AtKey {}
impl<P: Selectable> Selectable for InOption<P> where Self: Located {}
impl<P: Selectable, M, N> Selectable for Sub<P, M, N> where Self: Located {}
impl<P: Selectable, N> Selectable for Flat<P, N> where Self: Located {}
