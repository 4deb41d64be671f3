//! One change, and what can be given as an update.

use std::marker::PhantomData;

use super::{Update, conflict};
use crate::path::{Here, Path, Unknown};

/// One change of documents of type `D`, at the place `P`.
#[must_use = "a change does nothing until an operation takes it"]
pub struct Change<D, P> {
    update: Update<D>,
    place: PhantomData<fn() -> P>,
}

/// What an operation takes as an update: a change, a tuple of up to twelve, an [`Update`], a `Vec` of them.
#[diagnostic::on_unimplemented(
    message = "this is no update of `{D}`",
    label = "not a change of `{D}`",
    note = "a change is a field of `{D}` with an operator, as in `User.age.inc(1)`; several stand in a tuple: \
            `(User.age.inc(1), User.name.set(\"Ann\"))`"
)]
pub trait IntoUpdate<D>: Sized {
    /// The places that it writes, for the type checker.
    #[doc(hidden)]
    type Places;

    /// The path it writes, where it is one and the compiler knows it. Beside the check of the types, for what only the
    /// names tell: fields of two variants with one key.
    #[doc(hidden)]
    const WRITES: Option<&'static str> = None;

    /// The paths that its parts write.
    #[doc(hidden)]
    const PARTS: &'static [Option<&'static str>] = &[];

    /// Evaluated where an update is taken, so that the compiler's error names the caller's line.
    #[doc(hidden)]
    const DISJOINT: () = conflict::check(Self::PARTS);

    /// The update.
    fn into_update(self) -> Update<D>;
}

impl<D, P: Path> Change<D, P> {
    pub(super) fn new(update: Update<D>) -> Self {
        Self { update, place: PhantomData }
    }
}

impl<D, P> Clone for Change<D, P> {
    fn clone(&self) -> Self {
        Self { update: self.update.clone(), place: PhantomData }
    }
}

impl<D, P> std::fmt::Debug for Change<D, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.update.fmt(f)
    }
}

#[diagnostic::do_not_recommend]
impl<D, P: Path> IntoUpdate<D> for Change<D, P> {
    type Places = P::Steps<Here>;

    const WRITES: Option<&'static str> = P::KNOWN;

    fn into_update(self) -> Update<D> {
        self.update
    }
}

/// What is in it is first known at run time, and checked then.
#[diagnostic::do_not_recommend]
impl<D> IntoUpdate<D> for Update<D> {
    type Places = Unknown;

    fn into_update(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<D, U: IntoUpdate<D>> IntoUpdate<D> for Vec<U> {
    type Places = Unknown;

    fn into_update(self) -> Update<D> {
        self.into_iter().fold(Update::new(), Update::join)
    }
}

/// `None` changes nothing: for updates with optional parts.
#[diagnostic::do_not_recommend]
impl<D, U: IntoUpdate<D>> IntoUpdate<D> for Option<U> {
    type Places = U::Places;

    const WRITES: Option<&'static str> = U::WRITES;

    fn into_update(self) -> Update<D> {
        self.map_or_else(Update::new, U::into_update)
    }
}
