//! Only what has one order is compared.
// covers: C2

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    name: String,
    nick: Option<String>,
    paid: i32,
    discount: Option<i32>,
    total: i64,
    open: bool,
    at: DateTime,
    items: Vec<Item>,
    extra: Option<Vec<Item>>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
}

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    age: i32,
}

fn main() {
    let _ = Order.paid.expr().lt(Order.name);
    let _ = Order.paid.expr().eq("18");
    let _ = Order.name.expr().eq(Order.at);
    let _ = Order.open.expr().gt(true);
}
