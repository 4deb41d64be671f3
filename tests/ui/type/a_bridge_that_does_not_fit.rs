//! `serde` needs serde, `as` a conversion.
// covers: C14

use odmium::prelude::*;


struct Address;

#[derive(Embedded)]
struct User {
    #[field(serde)]
    address: Address,
    #[field(as = i64)]
    name: String,
}

fn main() {}
