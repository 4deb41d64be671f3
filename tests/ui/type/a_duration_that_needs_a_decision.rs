//! BSON has no unit of time.
// covers: C10

use odmium::prelude::*;


use std::time::Duration;

#[derive(Document)]
#[document(collection = "jobs")]
struct Job {
    id: Id<Job>,
    took: Duration,
    sizes: Vec<u64>,
}

fn main() {}
