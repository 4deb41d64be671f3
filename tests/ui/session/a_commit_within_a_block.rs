//! The macro commits; a block only says whether.
// covers: C11

use odmium::transaction;
use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn twice(db: odmium::Database) -> odmium::Result<()> {
    transaction!(db, |tx| {
        tx.collection::<Order>().delete_all().await?;
        tx.commit().await
    })
    .await
}

fn main() {}
