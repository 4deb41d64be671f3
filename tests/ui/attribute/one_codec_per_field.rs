//! `serde`, `with` and `as` exclude each other, and do not go with `flatten`.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field(serde, as = i64)]
    total: u64,
    #[field(flatten, serde)]
    address: Address,
}

fn main() {}
