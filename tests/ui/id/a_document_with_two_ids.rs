//! Marked twice, or marked and named.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
struct User {
    #[field(id)]
    email: String,
    #[field(id)]
    number: i32,
}

#[derive(Document)]
#[document(collection = "people")]
struct Person {
    #[field(id)]
    email: String,
    _id: Id<Person>,
}

fn main() {}
