//! `crate` takes a path, `root` a name.
// covers: C10

use odmium::prelude::*;


mod elsewhere {}

#[derive(Embedded)]
#[document(crate = elsewhere)]
struct Address {
    city: String,
}

#[derive(Embedded)]
#[document(crate = "odmium", root = "The Place")]
struct Place {
    city: String,
}

fn main() {}
