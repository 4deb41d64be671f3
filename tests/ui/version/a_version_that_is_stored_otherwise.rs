//! A version is a number of its own in the document.
// covers: T13

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field(version, as = i64)]
    version: u64,
}

fn main() {}
