//! The eight rules are named.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users", rename_all = "camel")]
struct User {
    id: Id<User>,
}

fn main() {}
