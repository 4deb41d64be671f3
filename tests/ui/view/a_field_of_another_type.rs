//! A field of another type.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    home: Address,
    work: Option<Address>,
    tags: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
struct Line {
    qty: i32,
}

#[derive(View)]
#[view(of = User)]
struct Card {
    name: i32,
    age: String,
    #[field(from = home.city)]
    city: bool,
    tags: Vec<i32>,
}

fn main() {}
