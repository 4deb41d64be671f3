//! Below an element of a number or the value of a key, a path goes on by `then`.
// covers: C3

use std::collections::BTreeMap;

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    items: Vec<Item>,
    prices: BTreeMap<String, Item>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
}

async fn f(orders: Collection<Order>) -> odmium::Result<()> {
    let _ = Order.items.at(0).qty.gt(1);
    let _ = Order.prices.key("EUR").qty.inc(1);
    let _ = Order.items.at(0).sku.asc();
    orders.find(Filter::everything()).select((Order.prices.key("EUR").sku,)).await?;
    let _ = Order.items.at(0).qyt.gt(1);
    Ok(())
}

fn main() {}
