//! Options and kinds are named.
// covers: C10

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(name, uniqe), index(geo(name)), index(name, unique = true), index(name, partial), index(name, partail = 5))]
struct User {
    id: Id<User>,
    #[field(index(text, foo))]
    name: String,
}

fn main() {}
