//! The guide: how to use the crate, page by page.
//!
//! - [`quickstart`]: from an empty crate to the first query
//! - [`connecting`]: connection strings and their options, the builder, users and TLS
//! - [`models_and_types`]: what a field becomes in BSON; missing and null
//! - [`reading_and_writing`]: every operation, beside MongoDB's own form
//! - [`filters`]: every operator, missing and null, what is sent
//! - [`projections`]: only some fields: paths, parts of arrays, views, computed values
//! - [`updates`]: every operator, elements of arrays, patches
//! - [`sorting_and_pages`]: orders, keyset pages with tokens, explained plans
//! - [`unique_keys_and_tracking`]: `get_by`, upserts, saving the difference, versions
//! - [`expressions`]: what the server computes, in filters and updates
//! - [`cursors`]: many documents, in steps, again, and as they are written
//! - [`change_streams`]: what others change, typed; consumers; what holds when things fail
//! - [`sessions_and_transactions`]: causal consistency, snapshots, all or nothing
//! - [`bulk_writes`]: many writes in few messages, and their errors
//! - [`databases_and_collections`]: commands, collections as a whole, indexes in code
//! - [`databases_of_a_program`]: all collections in one struct, several databases, tenants
//! - [`several_models_in_one_collection`]: an enum over models, and each of them alone
//! - [`special_collections`]: views, capped, time series, clustered, validators
//! - [`aggregation`]: typed pipelines: every stage and accumulator, running them
//! - [`relations`]: references, loading them by one command each, rules for deleting
//! - [`indexes`]: declaring and syncing them
//! - [`timeouts_and_retries`]: limits on time, dropped futures, what is tried again
//! - [`gridfs`]: files of any size, and what holds when things fail
//! - [`coming_from_motor`]: every class and method of Motor, and what to write here
//! - [`gridfs_over_http`]: serving them: caching, ranges, hooks, security
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

#[doc = include_str!("../docs/filters.md")]
pub mod filters {}

#[doc = include_str!("../docs/projections.md")]
pub mod projections {}

#[doc = include_str!("../docs/updates.md")]
pub mod updates {}

#[doc = include_str!("../docs/sorting-and-pages.md")]
pub mod sorting_and_pages {}

#[doc = include_str!("../docs/unique-keys-and-tracking.md")]
pub mod unique_keys_and_tracking {}

#[doc = include_str!("../docs/expressions.md")]
pub mod expressions {}

#[doc = include_str!("../docs/cursors.md")]
pub mod cursors {}

#[doc = include_str!("../docs/change-streams.md")]
pub mod change_streams {}

#[doc = include_str!("../docs/sessions-and-transactions.md")]
pub mod sessions_and_transactions {}

#[doc = include_str!("../docs/bulk-writes.md")]
pub mod bulk_writes {}

#[doc = include_str!("../docs/databases-and-collections.md")]
pub mod databases_and_collections {}

#[doc = include_str!("../docs/databases-of-a-program.md")]
pub mod databases_of_a_program {}

#[doc = include_str!("../docs/several-models-in-one-collection.md")]
pub mod several_models_in_one_collection {}

#[doc = include_str!("../docs/special-collections.md")]
pub mod special_collections {}

#[doc = include_str!("../docs/aggregation.md")]
pub mod aggregation {}

#[doc = include_str!("../docs/relations.md")]
pub mod relations {}

#[doc = include_str!("../docs/indexes.md")]
pub mod indexes {}

#[doc = include_str!("../docs/timeouts-and-retries.md")]
pub mod timeouts_and_retries {}

#[doc = include_str!("../docs/gridfs.md")]
pub mod gridfs {}

#[doc = include_str!("../docs/coming-from-motor.md")]
pub mod coming_from_motor {}

#[doc = include_str!("../docs/gridfs-over-http.md")]
pub mod gridfs_over_http {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}
