//! A collection has one text index.
// covers: C10

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(text(name)))]
struct User {
    id: Id<User>,
    name: String,
    #[field(index(text))]
    bio: String,
}

fn main() {}
