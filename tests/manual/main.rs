//! The examples of the server manual's aggregation pages in typed form, each beside the page's own pipeline.

mod arrays;
mod buckets;
mod choose;
mod compare;
mod complete;
mod fields;
mod gaps;
mod graphs;
mod groups;
mod joins;
mod merges;
mod shaping;
mod sources;
mod tutorials;
mod updates;
mod views;
mod windows;
