//! Aggregation: what each stage renders to, and what the server makes of it beside its raw form.

mod arrays;
mod execution;
mod groups;
mod joins;
mod sources;
mod stages;
mod windows;

use std::fmt::Debug;

use odmium::{
    Collection, Database,
    bson::{Bson, Document, doc},
    codec::{DecodeOwned, decode_bson},
    pipeline::Pipeline,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "orders")]
pub struct Order {
    id: i32,
    city: String,
    customer: i32,
    total: i32,
    tip: Option<i64>,
    note: Option<String>,
    ship: Option<Address>,
    items: Vec<Item>,
    tags: Option<Vec<String>>,
    at: DateTime,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Address {
    street: String,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Item {
    sku: String,
    qty: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "customers")]
pub struct Customer {
    id: i32,
    name: String,
    boss: Option<i32>,
    orders: Option<Vec<i32>>,
}

fn item(sku: &str, qty: i32) -> Item {
    Item { sku: sku.into(), qty }
}

fn order(id: i32, city: &str, customer: i32, total: i32) -> Order {
    Order {
        id,
        city: city.into(),
        customer,
        total,
        tip: None,
        note: None,
        ship: None,
        items: Vec::new(),
        tags: None,
        at: DateTime::from_millis(i64::from(id) * 3_600_000),
    }
}

fn all_orders() -> [Order; 5] {
    let street = Address { street: "Main".into() };
    [
        Order { tip: Some(5), items: vec![item("a", 1), item("b", 2)], ..order(1, "Rome", 1, 10) },
        Order { ship: Some(street), items: vec![item("a", 4)], ..order(2, "Rome", 2, 20) },
        Order { tags: Some(vec!["x".into(), "y".into()]), ..order(3, "Oslo", 1, 30) },
        Order { tip: Some(7), note: Some("n".into()), ..order(4, "Oslo", 9, 40) },
        order(5, "Bern", 1, 50),
    ]
}

fn orders(ids: &[i32]) -> Vec<Order> {
    let all = all_orders();
    ids.iter().map(|id| all.iter().find(|order| order.id == *id).unwrap().clone()).collect()
}

fn all_customers() -> [Customer; 3] {
    let customer = |id, name: &str, boss| Customer { id, name: name.into(), boss, orders: None };
    [customer(1, "Ann", None), customer(2, "Bob", Some(1)), customer(3, "Cyd", Some(2))]
}

async fn fill(db: &Database) -> odmium::Result<Collection<Order>> {
    let orders = db.collection::<Order>();
    orders.insert_many(all_orders()).await?;
    db.collection::<Customer>().insert_many(all_customers()).await?;
    Ok(orders)
}

fn start() -> Pipeline<Order> {
    Pipeline::new()
}

/// Proves the rendering, that the server takes it, and that every document reads as the type that it has.
async fn check<O>(
    orders: &Collection<Order>,
    pipeline: Pipeline<Order, O>,
    stages: Vec<Document>,
    expected: Vec<O>,
) where
    O: DecodeOwned + Debug + PartialEq + Send + 'static,
{
    assert_eq!(pipeline.to_stages().unwrap(), stages, "{pipeline:?}");
    let found = orders.aggregate().then(pipeline.clone()).await;
    let found = found.unwrap_or_else(|error| panic!("{pipeline:?}: {error}"));
    assert_eq!(found, expected, "{pipeline:?}");
}

/// The same beside MongoDB's own form of the whole pipeline.
async fn same<O>(orders: &Collection<Order>, pipeline: Pipeline<Order, O>, raw: Vec<Document>)
where
    O: DecodeOwned + Debug + PartialEq + Send + 'static,
{
    let found = orders.aggregate().then(pipeline.clone()).await;
    let found = found.unwrap_or_else(|error| panic!("{pipeline:?}: {error}"));
    let raw = raw_documents(orders, raw).await.unwrap();
    let raw: Vec<O> = raw.iter().map(|document| decode_bson(document).unwrap()).collect();
    assert!(!raw.is_empty(), "{pipeline:?}: the case has no documents");
    assert_eq!(found, raw, "{pipeline:?}");
}

async fn raw_documents(orders: &Collection<Order>, raw: Vec<Document>) -> odmium::Result<Vec<Bson>> {
    let documents: Vec<Document> = orders.inner().aggregate(raw).with_type().await?.try_collect().await?;
    Ok(documents.into_iter().map(Bson::Document).collect())
}
