//! Typed selections: which fields of a document travel, and what they become.
//!
//! `select` takes a path or a tuple of paths and gives their values; `select_as` takes a [view](crate::View), a struct
//! with some of the fields. Both exist on [`find`](crate::Collection::find), [`get`](crate::Collection::get),
//! [`find_one`](crate::Collection::find_one) and the three `find_one_and_..` operations.
//!
//! ```no_run
//! use odmium::prelude::*;
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, name: String, work: Option<Address>, tags: Vec<String> }
//!
//! #[derive(Embedded)]
//! struct Address { city: String }
//!
//! # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
//! let names: Vec<String> = users.find(Filter::everything()).select(User.name).await?;
//! // The city may be absent, as the address is optional.
//! let rows: Vec<(String, Option<String>)> =
//!     users.find(Filter::everything()).select((User.name, User.work.city)).await?;
//! let first_tags: Vec<(String, Vec<String>)> =
//!     users.find(Filter::everything()).select((User.name, User.tags.slice(5))).await?;
//! # Ok(()) }
//! ```

mod array;
mod build;
mod column;
mod computed;
mod keep;
mod lookup;
mod meta;
mod select;

pub(crate) use self::{
    array::first_element,
    keep::keep,
    lookup::{Found, missing},
};
pub use self::{
    array::{ElemMatch, Slice},
    build::Projection,
    column::{Column, ReadColumn},
    meta::{Meta, index_key, record_id, search_score, text_score},
    select::{One, Select, Several},
};
