//! A block may run again, so it cannot use up what is outside.
// covers: C11

use odmium::transaction;
use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn store(db: odmium::Database, orders: Vec<Order>) -> odmium::Result<()> {
    transaction!(db, |tx| {
        tx.collection::<Order>().insert_many(orders).await?;
        Ok(())
    })
    .await
}

fn main() {}
