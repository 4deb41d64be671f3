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
//!
//! An array is left by saying which of its elements are meant, a map by a key:
//!
//! | path | name | for |
//! |---|---|---|
//! | `Order.items.elements().sku` | `items.sku` | reading: any element |
//! | `Order.items.at(0).then(Item.sku)` | `items.0.sku` | reading and writing |
//! | `Order.items.found().qty` | `items.$.qty` | writing: the element that the filter found |
//! | `Order.items.each().qty` | `items.$[].qty` | writing: every element |
//! | `Order.items.update_where(filter, \|item\| item.qty.inc(1))` | `items.$[f0].qty` | writing: the elements that fulfil a filter |
//! | `Order.prices.key("EUR")` | `prices.EUR` | reading and writing |
//!
//! A condition on one element is written as `Order.items.any(Item.qty.gt(2))`.

mod access;
mod arrays;
mod dotted;
mod dynamic;
mod elements;
mod field;
mod holds;
mod lists;
mod lost;
mod name;
mod nested;
#[expect(missing_docs, reason = "named by generated code only")]
mod number;
#[expect(missing_docs, reason = "named by generated code only")]
mod overlap;
mod place;
mod presence;
mod refused;

pub use self::{
    access::{Readable, Writable},
    dynamic::{AtIndex, AtKey, Dynamic},
    elements::AsKey,
    field::Field,
    holds::Holds,
    name::{Path, StaticPath},
    place::{AnyElement, EachElement, FoundElement, PickedElement},
};
// Named by generated code only.
#[doc(hidden)]
pub use self::{
    arrays::OfArray,
    dynamic::Chosen,
    lost::{AfterStep, AtHand, BehindRef, Named, Reason},
    name::{Keys, distinct},
    nested::{Beside, FieldSet, Leads, NoFields},
    number::{D0, D1, D2, D3, D4, D5, D6, D7, D8, D9, N, No, Yes},
    overlap::{Both, Here, Or, Overlap, Picked, Unknown},
    place::{Flat, InOption, Lost, Root, Sub, Through},
    presence::{Always, InArray, Located, Perhaps, Presence, Selectable, Sometimes},
    refused::Refused,
};
pub(crate) use self::{
    dotted::{AtArray, field, is_within, split, value_at},
    field::usable,
    lists::lists,
    name::Name,
    place::PICKED,
};
