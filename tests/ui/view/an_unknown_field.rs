//! An unknown field.
// covers: C1, C7

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
    nam: String,
    #[field(from = home.cty)]
    city: String,
    nic: Option<String>,
}

fn main() {}
