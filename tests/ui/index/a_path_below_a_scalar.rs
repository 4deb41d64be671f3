//! A text has no fields.
// covers: C1

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(name.first))]
struct User {
    id: Id<User>,
    name: String,
}

fn main() {}
