//! `$set`, `$setOnInsert` and `$unset`.

use mongodb::bson::Bson;

use super::{Change, Update};
use crate::{
    codec::{As, Maybe, Via},
    filter::IntoValue,
    path::{Field, Writable},
};

/// A field type that can read as "no value", so that the field may be removed.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is required and cannot be unset",
    label = "documents without this field could not be read any more",
    note = "make the field an `Option`, or `set` another value"
)]
pub trait Optional {}

#[diagnostic::do_not_recommend]
impl<T> Optional for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T> Optional for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T: Optional, S> Optional for Via<T, As<S>> {}

impl<D, T, P: Writable> Field<D, T, P> {
    /// Sets the field (`$set`).
    pub fn set<V: IntoValue<T>>(self, value: V) -> Change<D, P> {
        Change::new(Update::write("$set", self.name(), value.into_bson()))
    }

    /// Sets the field in a document that an upsert inserts, and only there (`$setOnInsert`).
    pub fn set_on_insert<V: IntoValue<T>>(self, value: V) -> Change<D, P> {
        Change::new(Update::write("$setOnInsert", self.name(), value.into_bson()))
    }
}

/// Changes of fields that may be missing.
impl<D, T: Optional, P: Writable> Field<D, T, P> {
    /// Removes the field (`$unset`); it then reads as `None`.
    pub fn unset(self) -> Change<D, P> {
        Change::new(Update::write("$unset", self.name(), Ok(Bson::String(String::new()))))
    }

    /// Sets the field to the value, or removes it where there is none.
    pub fn set_or_unset<V: IntoValue<T>>(self, value: Option<V>) -> Change<D, P> {
        match value {
            Some(value) => self.set(value),
            None => self.unset(),
        }
    }
}
