//! Whether a path leads through documents that may be absent, known by its type.

use super::{Dynamic, Flat, InOption, Path, Root, Sub, Through};

/// A path whose value can be selected.
#[doc(hidden)]
pub trait Selectable: Path + Clone + Send + Sync + 'static {
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
}

/// Every document on the way is required.
#[doc(hidden)]
#[derive(Debug)]
pub struct Always;

/// Some document on the way is optional.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sometimes;

impl Presence for Always {
    type Of<T> = T;

    fn give<T, E>(value: Option<Result<T, E>>, missing: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        value.unwrap_or_else(missing)
    }
}

impl Presence for Sometimes {
    type Of<T> = Option<T>;

    fn give<T, E>(value: Option<Result<T, E>>, _: impl FnOnce() -> Result<T, E>) -> Result<Option<T>, E> {
        value.transpose()
    }
}

impl Selectable for Root {
    type Presence = Always;
}

/// The types of a raw path are taken on trust.
impl Selectable for Dynamic {
    type Presence = Always;
}

#[diagnostic::do_not_recommend]
impl<P: Selectable> Selectable for InOption<P>
where
    Self: Path,
{
    type Presence = Sometimes;
}

#[diagnostic::do_not_recommend]
impl<P: Selectable, M: 'static, N: 'static> Selectable for Sub<P, M, N>
where
    Self: Path,
{
    type Presence = P::Presence;
}

#[diagnostic::do_not_recommend]
impl<P: Selectable, N: 'static> Selectable for Flat<P, N>
where
    Self: Path,
{
    type Presence = P::Presence;
}

/// The compiler's message for a path through an array.
impl<P: 'static> Selectable for Through<P>
where
    Self: Path + Whole,
{
    type Presence = Always;
}

/// Never implemented.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path goes through an array, and has no value of its own",
    label = "not a path that can be selected",
    note = "take the array: `User.lines`, or in a view `lines: Vec<LineView>` with a view of its elements"
)]
pub trait Whole {}
