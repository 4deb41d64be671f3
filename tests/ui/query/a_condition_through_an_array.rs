//! A condition on elements says whether it means one element.
// covers: C5

use std::collections::BTreeMap;

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    note: Option<String>,
    total: i64,
    paid: Option<i64>,
    items: Vec<Item>,
    scores: Vec<i32>,
    prices: BTreeMap<String, i32>,
    address: Address,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
    lots: Vec<Lot>,
}

#[derive(Embedded)]
struct Lot {
    left: i32,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

fn main() {
    let _ = Order.items.qty.gt(2);
    let _ = Order.items.sku.contains("A");
    let _ = Order.items.lots.left.eq(0);
}
