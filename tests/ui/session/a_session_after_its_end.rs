//! The end takes the session away.
// covers: C11

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn read(orders: odmium::Collection<Order>, mut session: odmium::Session) -> odmium::Result<u64> {
    session.end().await;
    orders.count(Order.total.gt(0)).session(&mut session).await
}

fn main() {}
