//! The examples of the server manual's aggregation pages in typed form, each beside the page's own pipeline.

mod arrays;
mod buckets;
mod choose;
mod compare;
mod gaps;
mod graphs;
mod groups;
mod joins;
mod sources;
mod windows;
