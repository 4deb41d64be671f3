//! A version is a number.
// covers: T13

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field(version)]
    version: String,
}

fn main() {}
