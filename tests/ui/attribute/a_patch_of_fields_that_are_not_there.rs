//! A patch names fields of the model that are stored.

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", patch(name, nmae, id, cache))]
struct User {
    id: Id<User>,
    name: String,
    #[field(skip)]
    cache: i32,
}

#[derive(Document)]
#[document(collection = "users", patch = "name")]
struct Other {
    id: Id<Other>,
    name: String,
}

#[derive(Document)]
#[document(collection = "users", patch)]
struct Generic<T> {
    id: Id<Generic<()>>,
    value: T,
}

fn main() {}
