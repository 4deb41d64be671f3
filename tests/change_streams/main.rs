//! Change streams against a real server.

mod consumer;
mod events;
mod filters;
#[path = "../integration/lab.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod lab;
mod raw;
mod resume;
mod support;
