//! Every item is read on its own.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field]
    a: i32,
    #[field(rename "b")]
    b: i32,
    #[field("c", skip = 5)]
    c: i32,
    #[field(rename = )]
    d: i32,
    #[field(skip alias = "f")]
    e: i32,
}

fn main() {}
