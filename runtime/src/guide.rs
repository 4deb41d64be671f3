//! The guide: how to use the crate, page by page.
//!
//! - [`quickstart`]: from an empty crate to the first query
//! - [`models_and_types`]: what a field becomes in BSON; missing and null
//! - [`reading_and_writing`]: every operation, beside MongoDB's own form
//! - [`updates`]: every operator, elements of arrays, patches
//! - [`bulk_writes`]: many writes in few messages, and their errors
//! - [`databases_and_collections`]: commands, collections as a whole, indexes in code
//! - [`indexes`]: declaring and syncing them
//! - [`errors`]: what can go wrong, and how to tell
//! - [`testing`]: a real server for your own tests

#[doc = include_str!("../docs/quickstart.md")]
pub mod quickstart {}

#[doc = include_str!("../docs/models-and-types.md")]
pub mod models_and_types {}

#[doc = include_str!("../docs/reading-and-writing.md")]
pub mod reading_and_writing {}

#[doc = include_str!("../docs/updates.md")]
pub mod updates {}

#[doc = include_str!("../docs/bulk-writes.md")]
pub mod bulk_writes {}

#[doc = include_str!("../docs/databases-and-collections.md")]
pub mod databases_and_collections {}

#[doc = include_str!("../docs/indexes.md")]
pub mod indexes {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}
