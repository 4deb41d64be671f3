//! A field that may be absent.
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
    nick: String,
    #[field(from = work.city)]
    office: String,
    #[field(from = lines, elem_match = Line.qty.gt(2))]
    line: Line,
}

fn main() {}
