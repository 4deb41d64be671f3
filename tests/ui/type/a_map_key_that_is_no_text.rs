//! The keys of a document are texts.
// covers: C14

use odmium::prelude::*;


use std::collections::HashMap;

#[derive(Embedded)]
struct Scores {
    by_time: HashMap<DateTime, i32>,
}

fn main() {}
