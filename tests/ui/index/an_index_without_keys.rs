//! An index names its fields.
// covers: C10

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(), index(unique))]
struct User {
    id: Id<User>,
    name: String,
}

fn main() {}
