//! A part of an array is selected from the array itself, not from elements of another one.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    lines: Vec<Line>,
}

#[derive(Embedded)]
struct Line {
    tags: Vec<String>,
}

fn main() {
    let _ = Order.lines.elements().tags.slice(1);
}
