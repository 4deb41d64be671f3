//! The path of an index is checked at every depth.
// covers: C1

use odmium::prelude::*;

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Document)]
#[document(collection = "users", index(address.ctiy, -places.ctiy))]
struct User {
    id: Id<User>,
    address: Address,
    places: Vec<Address>,
}

fn main() {}
