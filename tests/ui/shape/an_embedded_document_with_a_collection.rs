//! One derive is enough, and `Document` is the one with a collection.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(collection = "addresses")]
struct Address {
    #[field(renam = "town")]
    city: String,
}

#[derive(Document, Embedded)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
}

fn uses() -> Filter<User> {
    User.name.eq("Ann")
}

fn main() {}
