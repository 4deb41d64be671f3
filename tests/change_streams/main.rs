//! Change streams against a real server.

mod consumer;
mod events;
mod filters;
mod raw;
mod resume;
mod support;
