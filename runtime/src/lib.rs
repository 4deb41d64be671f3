//! Odmium is a statically typed object-document mapper for MongoDB: `#[derive(Document)]` on a struct gives a typed
//! collection, typed queries and updates, index definitions and a codec that writes and reads BSON directly.
//!
//! ```no_run
//! use odmium::{Client, prelude::*};
//!
//! #[derive(Document, Debug)]
//! #[document(collection = "users")]
//! struct User {
//!     id: Id<User>,
//!     #[field(index(unique))]
//!     email: String,
//!     age: i32,
//! }
//!
//! # async fn f() -> odmium::Result<()> {
//! let users = Client::connect("mongodb://localhost").await?.database("shop").collection::<User>();
//! users.sync_indexes().await?;
//! users.insert(&User { id: Id::new(), email: "ann@x.org".into(), age: 30 }).await?;
//! let adults = users.find(User.age.gte(18)).sort(User.age.desc()).limit(20).await?;
//! users.update_many(User.email.eq("ann@x.org"), User.age.inc(1)).await?;
//! # drop(adults);
//! # Ok(()) }
//! ```
//!
//! A wrong field, a value of the wrong type or an operator that a type does not have is an error of the compiler.
//!
//! # Where to find what
//!
//! | concept | page |
//! |---|---|
//! | how to use it, page by page | `guide` |
//! | the derives and their attributes | [`Document`](macro@Document), [`Embedded`](macro@Embedded), [`View`](macro@View) |
//! | what a Rust type is in BSON | [`codec`] |
//! | `User.address.city` | [`path`] |
//! | conditions | [`filter`] |
//! | changes | [`update`] |
//! | what the server computes | [`expr`] |
//! | order | [`sort`] |
//! | aggregation | [`pipeline`] |
//! | pages | [`page`] |
//! | change a document, save the difference | [`Tracked`] |
//! | references, loading them, rules for deleting | [`relation`] |
//! | some of the fields | [`projection`], [`view`] |
//! | operations and their options | [`Collection`], [`action`] |
//! | databases and collections as a whole, commands | [`admin`] |
//! | many documents, borrowed documents | [`cursor`] |
//! | what others change, as it happens | [`change_stream`] |
//! | sessions, transactions | [`session`], [`transaction`](mod@transaction) |
//! | files of any size | [`gridfs`] |
//! | files over HTTP | `http` (feature `http`) |
//! | indexes | [`index`] |
//! | which index is used, and how much work it is | [`explain`] |
//! | what can go wrong | [`error`] |
//! | options of a client | [`client`] |
//! | listeners, what is known about the servers | [`monitor`] |
//! | a real server for tests | `dev` (feature `dev-server`) |
//!
//! # Features
//!
//! | feature | gives |
//! |---|---|
//! | `derive` (default) | the derive macros |
//! | `dev-server` | `odmium::dev` and `#[odmium::test]`: a throwaway `mongod` |
//! | `http` | `odmium::http`: GridFS as a `tower` service for axum and hyper |
//! | `tracing` | a span for each operation |
//! | `opentelemetry` | the driver's spans |
//! | `snappy-compression` `zlib-compression` `zstd-compression` | compressed messages |
//! | `extended-json` | `codec::to_extended_json` and `from_extended_json` |
//! | `cert-key-password` | a password on the key of a client's certificate |
//! | `bytes-1` `chrono-0_4` `geojson-1` `jiff-0_2` `rust_decimal-1` `time-0_3` `url-2` `uuid-1` | types of these crates as fields |
//!
//! The official driver is below: [`Client::inner`], [`Database::inner`], [`Collection::inner`] reach it, and it is
//! re-exported as [`mongodb`], its BSON types as [`bson`].

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod action;
pub mod admin;
pub mod change_stream;
pub mod client;
pub mod codec;
pub mod collection;
pub mod cursor;
pub mod database;
#[cfg(feature = "dev-server")]
pub mod dev;
pub mod error;
pub mod explain;
pub mod expr;
pub mod filter;
pub mod gridfs;
#[cfg(all(any(doc, doctest), feature = "derive", feature = "dev-server"))]
pub mod guide;
#[cfg(feature = "http")]
pub mod http;
pub mod index;
pub mod model;
pub mod monitor;
pub mod page;
pub mod path;
pub mod pipeline;
pub mod prelude;
pub mod projection;
pub mod relation;
pub mod schema;
pub mod session;
pub mod sort;
pub mod tracked;
pub mod transaction;
pub mod update;
pub mod view;

pub use mongodb::{self, bson, options};

pub use self::{
    change_stream::ChangeStream,
    client::Client,
    collection::Collection,
    cursor::Cursor,
    database::Database,
    error::{Error, ErrorKind, Result},
    expr::Expr,
    filter::Filter,
    model::{Document, Embedded, Id, Record},
    pipeline::Pipeline,
    relation::{Ref, Relation},
    schema::Schema,
    session::Session,
    tracked::Tracked,
    transaction::Transaction,
    update::Update,
    view::View,
};
#[cfg(all(feature = "derive", feature = "dev-server"))]
pub use odmium_derive::test;
#[cfg(feature = "derive")]
pub use odmium_derive::{Database, Document, Embedded, View};

#[cfg(all(doctest, feature = "derive", feature = "dev-server"))]
#[doc = include_str!("../../README.md")]
struct ReadmeDoctests;
