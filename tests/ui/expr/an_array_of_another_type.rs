//! Some operators are of arrays of certain elements only.
// covers: C2

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    names: Vec<String>,
    items: Vec<Item>,
    counts: Option<Vec<i32>>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
}

fn main() {
    let _ = Order.names.expr().sum();
    let _ = Order.items.expr().max();
    let _ = Order.items.expr().min_n(2);
    let _ = Order.names.expr().any_element_true();
    let _ = Order.counts.expr().max_n(2);
}
