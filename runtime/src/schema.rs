//! The collections of a program in one place: `#[derive(Database)]`.
//!
//! ```no_run
//! use odmium::prelude::*;
//! # #[derive(Document)]
//! # #[document(collection = "users")]
//! # struct User { id: Id<User> }
//! # #[derive(Document)]
//! # #[document(collection = "orders")]
//! # struct Order { id: Id<Order>, user: Id<User> }
//! use odmium::Collection;
//!
//! #[derive(Database, Clone)]
//! #[database(name = "shop")]
//! struct Shop {
//!     users: Collection<User>,
//!     orders: Collection<Order>,
//! }
//!
//! # async fn f(client: odmium::Client, id: Id<User>) -> odmium::Result<()> {
//! let shop = Shop::open(&client)?;
//! shop.sync().await?;
//! let orders = shop.orders.find(Order.user.eq(id)).await?;
//! # drop(orders);
//! # Ok(()) }
//! ```
//!
//! The guide has a page on it, `databases_of_a_program`.

mod compare;
mod entry;
mod member;
mod place;
mod plan;
mod spec;
mod sync;
mod target;

use crate::{
    Client, Database,
    error::{Error, Result},
    transaction::Begin,
};

pub(crate) use self::entry::name_of;
pub use self::{
    entry::{Entry, Kind},
    place::Place,
    plan::{CollectionPlan, CollectionStep, SchemaPlan},
    spec::CollectionSpec,
    sync::SyncCollections,
};
// Named by generated code only.
#[doc(hidden)]
pub use self::{
    entry::{Handle, has_own_name},
    member::{Member, Part, Ruled, list},
    place::Settings,
};

/// The collections of a program: a struct with a [`Collection`](crate::Collection) for each.
///
/// Derive it by [`Database`](macro@crate::Database). It is opened on a database, and the same struct on many of them
/// gives each tenant collections of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no struct of collections",
    label = "not a database of a program",
    note = "add `#[derive(Database)]` to it"
)]
pub trait Schema: Sized {
    /// The name of its database; without one, it is that of the connection string.
    const DATABASE: Option<&'static str>;

    /// Its members as data, in the order of the fields.
    const MEMBERS: &'static [Entry];

    #[doc(hidden)]
    fn build(place: &Place) -> Self;

    #[doc(hidden)]
    fn parts(&self) -> Vec<&dyn Part>;

    /// Opens it on the database that `#[database(name = "..")]` names, else on the one of the connection string. Sends
    /// nothing.
    ///
    /// # Errors
    ///
    /// [Argument](Error::is_argument) when neither names a database, or when a name is not possible.
    fn open(client: &Client) -> Result<Self> {
        let database = Self::DATABASE.map(|name| client.database(name)).or_else(|| client.default_database());
        let database = database.ok_or_else(|| {
            Error::argument(
                "no database is named: write `#[database(name = \"..\")]` on the struct, put a name into the connection \
                 string (\"mongodb://localhost/shop\"), or use `in_database`",
            )
        })?;
        Self::in_database(database)
    }

    /// Opens it on any database, such as one for each tenant; with a prefix, by [`Database::prefixed`]. Sends nothing.
    ///
    /// ```no_run
    /// # use odmium::{Collection, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User> }
    /// # #[derive(Database)]
    /// # struct Shop { users: Collection<User> }
    /// # fn f(client: odmium::Client) -> odmium::Result<()> {
    /// let one = Shop::in_database(client.database("tenant_7"))?;
    /// let other = Shop::in_database(client.database("small_tenants").prefixed("t8_"))?;
    /// assert_eq!((one.users.full_name(), other.users.full_name()), ("tenant_7.users".into(), "small_tenants.t8_users".into()));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [Argument](Error::is_argument) when a name is not possible: of the database, or of a collection with its prefix.
    fn in_database(place: impl Into<Place>) -> Result<Self> {
        let place = place.into().of(Self::MEMBERS);
        let schema = Self::build(&place);
        schema.parts().into_iter().try_for_each(Part::check)?;
        Ok(schema)
    }

    /// The database that it is opened on; where a field is a [`Database`](struct@crate::Database), with the settings of that,
    /// else with those
    /// of the client.
    fn database(&self) -> Database {
        let parts = self.parts();
        let own = parts.iter().find(|part| part.is_database()).or_else(|| parts.first());
        own.map_or_else(|| unreachable!("the derive refuses a struct without fields"), |part| part.database())
    }

    /// Begins a transaction, as [`Database::begin`]: `transaction!(shop, |tx| tx.on(&shop.users).insert(&ann).await)`.
    fn begin(&self) -> Begin<'static> {
        self.database().begin()
    }

    /// Brings the collections and indexes on the server in line with the models; see [`SyncCollections`].
    fn sync(&self) -> SyncCollections {
        SyncCollections::new(self.parts().into_iter().flat_map(Part::targets))
    }
}
