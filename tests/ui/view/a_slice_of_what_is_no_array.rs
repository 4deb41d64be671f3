//! Only arrays have first elements.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
}

#[derive(View)]
#[view(of = User)]
struct Card {
    #[field(slice = 1)]
    name: String,
    #[field(slice(1, 2))]
    age: i32,
}

fn main() {}
