//! An expression is about one document.
// covers: C2

use odmium::{prelude::*, update::UpdatePipeline};

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
    let _ = Order.paid + User.age;
    let _ = Order.paid.expr().lt(User.age);
    let _ = Order.items.expr().map(|item| item.get(User.age));
    let _ = UpdatePipeline::new().set(Order.paid, User.age);
}
