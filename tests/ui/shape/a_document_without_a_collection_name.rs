//! The name is not guessed, but suggested.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
struct LineItem {
    id: Id<LineItem>,
}

#[derive(Document)]
#[document(collection = "system.users")]
struct User {
    id: Id<User>,
}

#[derive(Document)]
#[document(collection = "")]
struct Person {
    id: Id<Person>,
}

fn main() {}
