//! Attributes in the wrong form.
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
#[view(of = User)]
struct Card {
    #[field(slice)]
    tags: Vec<String>,
    #[field(meta = "score")]
    score: f64,
    #[field(from = "home.city")]
    city: String,
    #[field(from = lines, slice = 2, elem_match = Line.qty.gt(2))]
    line: Option<Line>,
    #[field(skip, from = name)]
    name: String,
}

fn main() {}
