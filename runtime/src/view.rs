//! Views: structs with some of the fields of a model.
//!
//! `#[derive(View)]` checks every field against the model when it is compiled; `select_as` then reads nothing else.
//!
//! ```no_run
//! use odmium::prelude::*;
//!
//! #[derive(Document)]
//! #[document(collection = "users")]
//! struct User { id: Id<User>, name: String, age: i32, address: Address }
//!
//! #[derive(Embedded)]
//! struct Address { city: String, street: String }
//!
//! #[derive(View)]
//! #[view(of = User)]
//! struct UserCard {
//!     name: String,
//!     #[field(from = address.city)]
//!     city: String,
//! }
//!
//! # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
//! let cards: Vec<UserCard> = users.find(User.age.gte(18)).select_as().await?;
//! # Ok(()) }
//! ```

mod check;
mod read;
mod shows;

pub use self::shows::Shows;
// Named by generated code only.
#[doc(hidden)]
pub use self::{
    check::{Exact, Fits, Other, OtherOptional, Refused, Shown, show, show_element, show_expr, show_meta},
    read::{Viewed, first_at, header, key, read_at, read_by, read_key},
    shows::ShowsField,
};
use crate::{cursor::Lend, projection::Projection};

/// A struct with some of the fields of `D`; derive it by [`View`](macro@crate::View).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no view of `{D}`",
    label = "not a view of `{D}`",
    note = "declare it with `#[derive(View)]` and `#[view(of = {D})]`",
    note = "a view with relations is read by `load_as::<{Self}>()`"
)]
pub trait View<D>: Lend {
    /// Adds its fields to a projection.
    fn project(projection: &mut Projection);
}
