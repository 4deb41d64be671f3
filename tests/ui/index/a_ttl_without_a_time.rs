//! The field and the time are needed.
// covers: C10

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", ttl(at), ttl(after = "7d"), ttl(at, after = "7 days"), ttl(at, after = "99999d"), ttl(-at, after = "7d"))]
struct User {
    id: Id<User>,
    at: DateTime,
}

fn main() {}
