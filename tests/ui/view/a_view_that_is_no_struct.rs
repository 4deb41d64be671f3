//! A view that is no struct.
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
enum Kind {
    One,
}

#[derive(View)]
#[view(of = User)]
struct Pair(String, i32);

#[derive(View)]
#[view(of = Line)]
struct Quantity {
    qty: i32,
}

#[derive(View)]
#[view(of = i32)]
struct Number {
    value: i32,
}

fn main() {}
