//! The branches of a condition have one type.
// covers: C2

use odmium::{expr::switch, prelude::*};

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
    let _ = Order.open.expr().cond(Order.paid, Order.name);
    let _ = switch(Order.open.expr(), "open").default(5);
    let _ = Order.nick.expr().if_null(0);
}
