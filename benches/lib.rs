//! Measurements of odmium against the official driver with serde: what is measured, and how.
#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::must_use_candidate,
    clippy::unwrap_used,
    reason = "a program of this repository only"
)]

pub mod filters;
pub mod measure;
pub mod report;
pub mod rows;
pub mod server;
pub mod shapes;

/// Whatever stops a measurement.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
