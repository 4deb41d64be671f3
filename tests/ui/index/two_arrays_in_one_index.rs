//! A compound index has at most one array.
// covers: C10

use odmium::prelude::*;

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Document)]
#[document(collection = "users", index(tags, scores), index(name, places.city, tags))]
struct User {
    id: Id<User>,
    name: String,
    tags: Vec<String>,
    scores: Vec<i32>,
    places: Vec<Address>,
}

fn main() {}
