//! A field is set to an expression of its type; null and wider numbers do not fit.
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
    let _ = UpdatePipeline::new().set(Order.paid, Order.paid + Order.discount);
    let _ = UpdatePipeline::new().set(Order.total, Order.paid + 1);
    let _ = UpdatePipeline::new().set(Order.paid, Order.name);
    let _ = UpdatePipeline::new().set(Order.paid, "x");
    let _ = UpdatePipeline::new().unset(Order.name);
}
