//! A filter of another element.
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
    #[field(elem_match = User.age.gt(2))]
    lines: Option<Line>,
    #[field(from = age, elem_match = Line.qty.gt(2))]
    age: Option<i32>,
}

fn main() {}
