//! An operator that fails on null takes no `Option`.
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
    let _ = Order.extra.expr().size();
    let _ = Order.nick.expr().str_len_cp();
    let _ = Order.extra.expr().any(|item| item.get(Item.qty).gt(1));
}
