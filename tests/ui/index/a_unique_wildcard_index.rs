//! The server does not build a wildcard index that is unique.

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(wildcard, unique))]
struct User {
    id: Id<User>,
    name: String,
}

fn main() {}
