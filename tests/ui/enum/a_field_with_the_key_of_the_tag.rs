//! The tag stands beside the fields.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(tag = "kind")]
enum Payment {
    Card { kind: String },
    Cash,
}

fn main() {}
