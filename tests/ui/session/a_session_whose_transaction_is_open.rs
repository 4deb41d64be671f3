//! A session belongs to its transaction until that ends.
// covers: C11

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: Id<Order>,
    total: i64,
}

async fn mixed(db: odmium::Database, mut session: odmium::Session) -> odmium::Result<()> {
    let orders = db.collection::<Order>();
    let mut tx = session.begin(&db).await?;
    orders.count(Order.total.gt(0)).session(&mut session).await?;
    tx.collection::<Order>().delete_all().await?;
    tx.commit().await
}

fn main() {}
