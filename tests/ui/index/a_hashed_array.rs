//! A hashed index holds one value.
// covers: C3

use odmium::prelude::*;

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Document)]
#[document(collection = "users", index(hashed(tags)), index(hashed(places.city)))]
struct User {
    id: Id<User>,
    tags: Vec<String>,
    places: Vec<Address>,
}

fn main() {}
