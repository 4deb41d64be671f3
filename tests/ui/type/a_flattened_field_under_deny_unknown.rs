//! What is flattened cannot be unknown.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
#[document(deny_unknown)]
struct User {
    #[field(flatten)]
    address: Address,
}

fn main() {}
