//! An expression reads one value: what the elements of an array give is said by `map`.
// covers: C2

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i32,
    items: Vec<Item>,
}

#[derive(Embedded)]
struct Item {
    qty: i32,
}

fn main() {
    let _ = Order.items.elements().qty + 1;
    let _ = Order.items.qty.expr();
    let _ = Order.total.expr().gt(Order.items.elements().qty);
}
