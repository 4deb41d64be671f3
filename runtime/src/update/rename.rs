//! `$rename`.

use std::marker::PhantomData;

use mongodb::bson::Bson;

use super::{IntoUpdate, Optional, Update};
use crate::path::{Both, Field, Here, Name, Path, Readable, Writable};

/// A value that moves to another field; see [`Field::rename_to`].
#[must_use = "a change does nothing until an operation takes it"]
pub struct Rename<D, P, Q> {
    from: Name,
    to: Name,
    document: PhantomData<fn() -> D>,
    places: PhantomData<fn() -> (P, Q)>,
}

/// Moving a value, outside of arrays.
impl<D, T: Optional, P: Readable + Writable> Field<D, T, P> {
    /// Moves the value to another field of the same type (`$rename`); what was there is replaced.
    ///
    /// Where the field is missing, nothing changes. The server moves nothing into or out of an array.
    pub fn rename_to<Q: Readable + Writable>(self, to: Field<D, T, Q>) -> Rename<D, P, Q> {
        Rename { from: self.name(), to: to.name(), document: PhantomData, places: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<D, P: Path, Q: Path> IntoUpdate<D> for Rename<D, P, Q> {
    type Places = Both<P::Steps<Here>, Q::Steps<Here>>;

    const PARTS: &'static [Option<&'static str>] = &[P::KNOWN, Q::KNOWN];

    fn into_update(self) -> Update<D> {
        Update::write("$rename", self.from, Ok(Bson::String(self.to.into_owned())))
    }
}

impl<D, P, Q> std::fmt::Debug for Rename<D, P, Q> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rename({} -> {})", self.from, self.to)
    }
}
