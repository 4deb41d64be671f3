//! Change streams against a real server.

mod raw;
mod support;
