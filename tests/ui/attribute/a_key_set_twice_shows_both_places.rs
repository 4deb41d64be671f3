//! A key counts once, also over several attributes.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
#[document(collection = "people")]
struct User {
    id: Id<User>,
    #[field(rename = "a", rename = "b")]
    email: String,
}

fn main() {}
