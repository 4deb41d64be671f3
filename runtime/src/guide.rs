//! The guide: how to use the crate, page by page.
//!
//! - [`quickstart`]: from an empty crate to the first query
//! - [`connecting`]: connection strings and their options, the builder, users and TLS
//! - [`models_and_types`]: what a field becomes in BSON; missing and null
//! - [`reading_and_writing`]: every operation, beside MongoDB's own form
//! - [`updates`]: every operator, elements of arrays, patches
//! - [`indexes`]: declaring and syncing them
//! - [`timeouts_and_retries`]: limits on time, dropped futures, what is tried again
//! - [`errors`]: what can go wrong, and how to tell
//! - [`testing`]: a real server for your own tests

#[doc = include_str!("../docs/quickstart.md")]
pub mod quickstart {}

#[doc = include_str!("../docs/connecting.md")]
pub mod connecting {}

#[doc = include_str!("../docs/models-and-types.md")]
pub mod models_and_types {}

#[doc = include_str!("../docs/reading-and-writing.md")]
pub mod reading_and_writing {}

#[doc = include_str!("../docs/updates.md")]
pub mod updates {}

#[doc = include_str!("../docs/indexes.md")]
pub mod indexes {}

#[doc = include_str!("../docs/timeouts-and-retries.md")]
pub mod timeouts_and_retries {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}
