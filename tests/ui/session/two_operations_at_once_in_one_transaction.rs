//! A transaction runs one operation at a time.
// covers: C11

use odmium::transaction;
use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn both(db: odmium::Database) -> odmium::Result<()> {
    transaction!(db, |tx| {
        let big = tx.collection::<Order>().find(Order.total.gt(1000)).into_future();
        let small = tx.collection::<Order>().find(Order.total.lt(10)).into_future();
        big.await?;
        small.await?;
        Ok(())
    })
    .await
}

fn main() {}
