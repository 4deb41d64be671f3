//! Whether a path leads through documents that may be absent, known by its type.

use std::borrow::Cow;

use super::{Dynamic, Path, Root, StaticPath, Sub, name::Keys};

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

/// The optional document at `P`: of the same name, and what lies below may be absent.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Through<P>(P);

impl<P: StaticPath> Path for Through<P> {
    const KNOWN: Option<&'static str> = P::KNOWN;

    fn into_name(self) -> Cow<'static, str> {
        self.0.into_name()
    }
}

impl<P: StaticPath> StaticPath for Through<P> {
    const NAME: &'static str = P::NAME;
    const NEW: Self = Self(P::NEW);
    type Multiplicity = P::Multiplicity;
}

impl Selectable for Root {
    type Presence = Always;
}

/// The types of a raw path are taken on trust.
impl Selectable for Dynamic {
    type Presence = Always;
}

impl<P: StaticPath + Selectable> Selectable for Through<P> {
    type Presence = Sometimes;
}

impl<P: StaticPath + Selectable, M: Keys + 'static, const I: usize> Selectable for Sub<P, M, I> {
    type Presence = P::Presence;
}
