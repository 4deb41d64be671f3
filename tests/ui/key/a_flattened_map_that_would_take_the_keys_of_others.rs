//! A map takes what is left, once.
// covers: C10

use odmium::prelude::*;


use std::collections::HashMap;

#[derive(Embedded)]
struct Extras {
    #[field(flatten)]
    rest: HashMap<String, String>,
}

#[derive(Embedded)]
struct User {
    name: String,
    #[field(flatten)]
    extras: Extras,
}

#[derive(Embedded)]
struct Other {
    #[field(flatten)]
    texts: HashMap<String, String>,
    #[field(flatten)]
    numbers: HashMap<String, i32>,
}

fn main() {}
