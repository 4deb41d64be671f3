//! A typed path to one field.

use std::{borrow::Cow, fmt, marker::PhantomData};

use super::{Chosen, Dynamic, Name, Path, StaticPath};
use crate::error::EncodeError;

/// What the name of a path begins with that cannot be sent.
const UNUSABLE: char = '\0';

/// The name, unless a key in it cannot be part of a path.
#[inline]
pub(crate) fn usable(name: Name) -> Result<Name, EncodeError> {
    match &name {
        Cow::Owned(text) if text.starts_with(UNUSABLE) => {
            let key = text.trim_start_matches(UNUSABLE).to_owned();
            let reason = "this key of a map cannot be named in a path: it is empty, has a dot or NUL in it, or begins with `$`";
            Err(EncodeError::new(key, reason, None))
        }
        _ => Ok(name),
    }
}

/// The path to a field of type `T` in documents of type `D`.
///
/// Comes from a root (`User.age`); the operators are its methods. `P` is the place, known to the compiler.
/// Paths have no `==`: `User.age == 5` does not compile, write `User.age.eq(5)`.
pub struct Field<D, T, P = Dynamic> {
    path: P,
    types: PhantomData<fn() -> (D, T)>,
}

impl<D, T, P: Path> Field<D, T, P> {
    /// The dotted name, such as `address.city`.
    #[must_use]
    pub fn path(self) -> Cow<'static, str> {
        self.path.into_name()
    }

    #[inline]
    pub(crate) fn name(self) -> Name {
        self.path.into_name()
    }

    /// The path of another place that follows from this one.
    pub(crate) fn at_place<U, Q>(self, place: impl FnOnce(P) -> Q) -> Field<D, U, Q> {
        Field { path: place(self.path), types: PhantomData }
    }

    /// The path of what is at `segment` below this one.
    pub(super) fn below<U, K: Chosen>(self, segment: &str) -> Field<D, U, K> {
        let name = self.name();
        Field::chosen(if name.is_empty() { segment.to_owned() } else { format!("{name}.{segment}") })
    }

    /// The same for a key that may not be possible in a path.
    pub(super) fn below_key<U, K: Chosen>(self, key: &str) -> Field<D, U, K> {
        if key.is_empty() || key.starts_with('$') || key.contains(['.', '\0']) {
            return Field::chosen(format!("{UNUSABLE}{key}"));
        }
        self.below(key)
    }
}

impl<D, T, P: Chosen> Field<D, T, P> {
    fn chosen(name: String) -> Self {
        Self { path: P::new(name.into()), types: PhantomData }
    }
}

impl<D, T, P: StaticPath> Field<D, T, P> {
    #[doc(hidden)]
    pub const NEW: Self = Self { path: P::NEW, types: PhantomData };
}

impl<D, T> Field<D, T> {
    /// A path given by its name; for what no model declares.
    ///
    /// The types are taken on trust: nothing checks that the field exists or holds a `T`.
    ///
    /// ```
    /// use odmium::{bson::Document, path::Field};
    ///
    /// let age: Field<Document, i32> = Field::raw("stats.age");
    /// assert_eq!(age.path(), "stats.age");
    /// ```
    #[must_use]
    pub fn raw(name: impl Into<Cow<'static, str>>) -> Self {
        Self { path: Dynamic(name.into()), types: PhantomData }
    }
}

impl<D, T, P: Clone> Clone for Field<D, T, P> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), types: PhantomData }
    }
}

impl<D, T, P: Copy> Copy for Field<D, T, P> {}

impl<D, T, P: Path + Clone> fmt::Debug for Field<D, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.path.clone().into_name()).finish()
    }
}
