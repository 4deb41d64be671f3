//! A view without a model.
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
struct Card {
    name: String,
}

#[derive(View)]
#[view(fo = User)]
struct Typo {
    name: String,
}

#[derive(View)]
#[view(of)]
struct Empty {
    name: String,
}

fn main() {}
