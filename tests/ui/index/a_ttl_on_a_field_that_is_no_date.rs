//! Documents expire by a date.
// covers: C3

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", ttl(name, after = "7d"))]
struct User {
    id: Id<User>,
    name: String,
}

fn main() {}
