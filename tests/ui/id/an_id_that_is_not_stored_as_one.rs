//! The `_id` is stored, under its own key.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
struct User {
    #[field(id, skip)]
    email: String,
}

#[derive(Document)]
#[document(collection = "people")]
struct Person {
    #[field(id, rename = "email")]
    email: String,
}

#[derive(Document)]
#[document(collection = "pets")]
struct Pet {
    #[field(rename = "number")]
    id: i32,
}

#[derive(Embedded)]
struct Address {
    #[field(id)]
    zip: String,
}

fn main() {}
