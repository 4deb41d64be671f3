//! A text index holds strings.
// covers: C3

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(text(age)))]
struct User {
    id: Id<User>,
    age: i32,
}

fn main() {}
