//! Numbers are for enums without data, and fit their type.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(as = u8)]
enum Level {
    Low,
}

#[derive(Embedded)]
#[document(as = i32, tag = "kind")]
enum Payment {
    Card { last4: String },
}

#[derive(Embedded)]
#[document(as = i32)]
enum Flag {
    #[document(rename = "on")]
    On,
}

fn main() {}
