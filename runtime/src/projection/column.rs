//! One value of a selection.

use super::{Found, Projection, lookup::missing};
use crate::{
    codec::{Bridge, DecodeOwned, DocumentReader, RawValue, Via},
    error::DecodeError,
    path::{Field, Located, Presence, Root, Selectable},
};

/// One member of a selection: a path, a part of an array, or something that the server adds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected from documents of type `{D}`",
    label = "no path of `{D}`, or one whose type borrows from the bytes",
    note = "select paths such as `User.name`, `User.tags.slice(5)`, `projection::text_score()`",
    note = "a view is selected by its type: `select_as::<UserCard>()`"
)]
pub trait Column<D> {
    /// Reads it from the reply.
    type Reader: ReadColumn;

    /// Adds it to the projection.
    fn add_to(self, projection: &mut Projection) -> Self::Reader;
}

/// Reads one value of a selection.
pub trait ReadColumn: Clone + Send + Sync + 'static {
    /// The type of the value.
    type Value: 'static;

    /// Reads it.
    ///
    /// # Errors
    ///
    /// When it is missing or does not fit.
    fn read(&self, document: &mut DocumentReader<'_>) -> Result<Self::Value, DecodeError>;
}

impl<D: 'static, T: DecodeOwned + 'static, P: Selectable> Column<D> for Field<D, T, P> {
    type Reader = Self;

    fn add_to(self, projection: &mut Projection) -> Self {
        projection.include(&self.clone().path());
        self
    }
}

#[diagnostic::do_not_recommend]
impl<D: 'static, T: DecodeOwned + 'static, P: Located> ReadColumn for Field<D, T, P> {
    type Value = <P::Presence as Presence>::Of<T>;

    fn read(&self, document: &mut DocumentReader<'_>) -> Result<Self::Value, DecodeError> {
        at::<T, P>(document, &self.clone().path(), |value| T::decode(value), T::missing)
    }
}

/// A field with a bridge gives the type of the model.
#[diagnostic::do_not_recommend]
impl<D: 'static, T: 'static, B: Bridge<T> + 'static, P: Selectable> Column<D> for Field<D, Via<T, B>, P> {
    type Reader = Self;

    fn add_to(self, projection: &mut Projection) -> Self {
        projection.include(&self.clone().path());
        self
    }
}

#[diagnostic::do_not_recommend]
impl<D: 'static, T: 'static, B: Bridge<T> + 'static, P: Located> ReadColumn for Field<D, Via<T, B>, P> {
    type Value = <P::Presence as Presence>::Of<T>;

    fn read(&self, document: &mut DocumentReader<'_>) -> Result<Self::Value, DecodeError> {
        at::<T, P>(document, &self.clone().path(), B::decode, B::missing)
    }
}

/// The value at a path, or what the place of the path makes of its absence.
fn at<T, P: Located>(
    document: &mut DocumentReader<'_>,
    path: &str,
    decode: impl FnOnce(RawValue<'_>) -> Result<T, DecodeError>,
    absent: impl FnOnce() -> Option<T>,
) -> Result<<P::Presence as Presence>::Of<T>, DecodeError> {
    let found = Found::at(document, path)?;
    let absent = || absent().ok_or_else(|| missing(path));
    match found {
        Found::NoParent => P::Presence::give(None, absent),
        Found::NoField => P::Presence::lack(absent),
        Found::Value(value) => {
            let value = decode(value).map_err(|error| error.at(path.to_owned()));
            P::Presence::give(Some(value), || Err(missing(path)))
        }
    }
}

/// The value of a key that no path has.
pub(super) fn key_of<T: DecodeOwned>(document: &mut DocumentReader<'_>, key: &str) -> Result<T, DecodeError> {
    at::<T, Root>(document, key, |value| T::decode(value), T::missing)
}
