//! A session runs one operation at a time.
// covers: C11

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn both(orders: odmium::Collection<Order>, mut session: odmium::Session) -> odmium::Result<()> {
    let big = orders.find(Order.total.gt(1000)).session(&mut session).into_future();
    let small = orders.find(Order.total.lt(10)).session(&mut session).into_future();
    big.await?;
    small.await?;
    Ok(())
}

async fn within_a_cursor(orders: odmium::Collection<Order>, mut session: odmium::Session) -> odmium::Result<()> {
    let mut cursor = orders.find(Order.total.gt(1000)).session(&mut session).cursor().await?;
    while let Some(order) = cursor.try_next().await? {
        orders.update_one(Order.id.eq(order.id), Order.total.inc(1)).session(&mut session).await?;
    }
    Ok(())
}

fn main() {}
