//! An operator is one of the type of the value.
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
    let _ = Order.name.expr().abs();
    let _ = Order.paid.expr().concat("x");
    let _ = Order.name.expr().year();
    let _ = Order.name.expr().size();
    let _ = Order.paid.expr().if_null(0);
    let _ = Order.paid.expr().cond(1, 2);
    let _ = Order.name.expr().split(5);
}
