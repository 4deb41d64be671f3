//! An unknown key lists the valid ones.
// covers: C10

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
#[view(of = User, rename_all = "camelCase")]
struct Card {
    #[field(form = name)]
    label: String,
    #[field(rename = "x")]
    age: i32,
}

fn main() {}
