//! A projection knows no element of an array by its number.
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
    qty: i32,
}

async fn wrong(orders: odmium::Collection<Order>) {
    let _ = orders.find(Filter::everything()).select(Order.lines.at(0).then(Line.qty)).await;
}

fn main() {}
