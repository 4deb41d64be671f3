//! The keys of a flattened struct are known too.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
struct Address {
    city: String,
    name: String,
}

#[derive(Embedded)]
struct Place {
    city: String,
}

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    #[field(flatten)]
    address: Address,
    #[field(flatten)]
    place: Place,
}

fn main() {}
