//! Odmium: a statically typed object-document mapper for MongoDB, on the official driver.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod action;
pub mod client;
pub mod codec;
pub mod collection;
pub mod cursor;
pub mod database;
#[cfg(feature = "dev-server")]
pub mod dev;
pub mod error;
pub mod filter;
pub mod index;
pub mod model;
pub mod path;
pub mod prelude;
pub mod session;
pub mod sort;
pub mod update;

pub use mongodb::{self, bson, options};

pub use self::{
    client::Client,
    collection::Collection,
    cursor::Cursor,
    database::Database,
    error::{Error, ErrorKind, Result},
    filter::Filter,
    model::{Document, Embedded, Id, Record},
    session::Session,
    update::Update,
};
#[cfg(all(feature = "derive", feature = "dev-server"))]
pub use odmium_derive::test;
#[cfg(feature = "derive")]
pub use odmium_derive::{Document, Embedded};
