//! Only structs and maps have keys.
// covers: C14

use odmium::prelude::*;


#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
struct User {
    #[field(flatten)]
    name: String,
    #[field(flatten)]
    address: Option<Address>,
}

fn main() {}
