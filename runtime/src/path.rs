//! Typed paths: `User.address.city`.
//!
//! A derive gives every model a constant of its own name, the root, whose public fields are [`Field`]s. A field
//! whose type is an embedded document leads on to that document's fields, also through `Option` and `Box`; the
//! dotted name is computed at compile time, so that a path has no size and costs nothing.
//!
//! ```
//! use odmium::prelude::*;
//!
//! #[derive(Embedded)]
//! struct Address { city: String }
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, address: Option<Address> }
//!
//! assert_eq!(User.address.city.path(), "address.city");
//! assert_eq!(std::mem::size_of_val(&User.address.city), 0);
//! ```

mod dynamic;
mod field;
mod name;
mod nested;
mod presence;
mod refused;

pub(crate) use self::name::Name;
pub use self::{
    dynamic::Dynamic,
    field::Field,
    name::{Path, StaticPath},
};
// Named by generated code only.
#[doc(hidden)]
pub use self::{
    name::{Each, Keys, Root, Sub, distinct},
    nested::{Beside, FieldSet, NoFields},
    presence::{Always, Presence, Selectable, Sometimes, Through},
    refused::Refused,
};
