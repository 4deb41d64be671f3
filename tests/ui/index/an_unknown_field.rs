//! The path of an index names fields.
// covers: C1

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(nmae))]
struct User {
    id: Id<User>,
    name: String,
}

fn main() {}
