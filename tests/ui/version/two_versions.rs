//! A document has one version.
// covers: T13

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field(version)]
    version: i32,
    #[field(version)]
    revision: i64,
}

fn main() {}
