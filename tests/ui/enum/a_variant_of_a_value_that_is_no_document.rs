//! The value of a variant stands beside the tag.
// covers: C10 C14

use odmium::prelude::*;


#[derive(Embedded)]
#[document(tag = "kind")]
enum Payment {
    Card(String),
    Cash(i32, i32),
}

fn main() {}
