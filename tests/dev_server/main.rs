//! The development server, with real `mongod` processes.
//!
//! Tests named `child_*` are also run by other tests, in a process of their own, where they fail on purpose.

#![cfg(unix)]

mod auth;
mod certificates;
mod errors;
mod failover;
mod fetch;
mod harness;
mod lifecycle;
mod owner;
mod support;
