//! Follows what is written to a collection, in the log by which the servers of a replica set follow each other.
//!
//! `cargo run -p odmium-examples --example tail_oplog` follows a collection that it writes to itself. Behind a `--` it takes
//! a namespace such as `shop.orders` and how many entries to print; the server is that of `MONGODB_URI`.
//!
//! A service should use a change stream instead: it needs no rights on `local`, and works on sharded clusters.

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::{env, time::Duration};

use odmium::{
    Client, Collection, Result,
    bson::{Document, Timestamp, doc},
    dev,
    options::CursorType,
    prelude::*,
};

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: i32,
    paid: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let client = dev::client().await?;
    let since = now(&client).await?;
    let mut arguments = env::args().skip(1);
    if let Some(namespace) = arguments.next() {
        let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(usize::MAX);
        return follow(&client, &namespace, since, count).await;
    }
    let db = client.database(&format!("tail_oplog_{}", std::process::id()));
    let writer = tokio::spawn(write(db.collection()));
    follow(&client, &format!("{}.orders", db.name()), since, 4).await?;
    writer.await.expect("the writer does not panic")?;
    db.drop().await
}

async fn write(orders: Collection<Order>) -> Result<()> {
    for id in 1..=2 {
        orders.insert(&Order { id, paid: false }).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    orders.update_one(Order.id.eq(1), Order.paid.set(true)).await?;
    orders.delete_one(Order.id.eq(2)).await.map(drop)
}

/// The time of the deployment.
async fn now(client: &Client) -> Result<Timestamp> {
    let reply = client.database("admin").run_command(doc! { "ping": 1 }).await?;
    Ok(reply.get_timestamp("operationTime").expect("the server is a replica set"))
}

async fn follow(client: &Client, namespace: &str, mut since: Timestamp, count: usize) -> Result<()> {
    let oplog = client.database("local").collection_named::<Document>("oplog.rs");
    let mut seen = 0;
    while seen < count {
        let filter = Filter::raw(doc! { "ts": { "$gt": since }, "ns": namespace });
        let mut cursor = oplog.find(filter).cursor_type(CursorType::TailableAwait).cursor().await?;
        // Without a new entry within a second, this gives `None` and the cursor lives on.
        while seen < count && cursor.is_alive() {
            let Some(entry) = cursor.next_if_any().await? else { continue };
            println!("{}", sentence(&entry));
            since = entry.get_timestamp("ts").unwrap_or(since);
            seen += 1;
        }
        // A log without any entry gives a cursor that is dead from the start.
        if seen < count {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    Ok(())
}

fn sentence(entry: &Document) -> String {
    let part = |key: &str| entry.get(key).map(ToString::to_string).unwrap_or_default();
    match entry.get_str("op") {
        Ok("i") => format!("inserted {}", part("o")),
        Ok("u") => format!("updated {} by {}", part("o2"), part("o")),
        Ok("d") => format!("deleted {}", part("o")),
        _ => format!("other {}", part("o")),
    }
}
