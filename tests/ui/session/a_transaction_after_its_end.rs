//! A commit and an abort take the transaction away.
// covers: C11

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn after_commit(db: odmium::Database) -> odmium::Result<u64> {
    let mut tx = db.begin().await?;
    tx.commit().await?;
    tx.collection::<Order>().count(Order.total.gt(0)).await
}

async fn after_abort(db: odmium::Database) -> odmium::Result<()> {
    let tx = db.begin().await?;
    tx.abort().await?;
    tx.commit().await
}

fn main() {}
