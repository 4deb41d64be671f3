//! Pipelines of twelve stages, beside the same stages written as documents.

use super::{Modules, ROUNDS, Workspace, odmium};
use crate::{
    Result,
    report::{Goal::AtMost, Row},
};

const MODULES: usize = 10;
const PIPELINES: usize = 10;
const AGAINST: &str = "the same stages by doc!";

/// Each module has models of its own, which both sides share, so that they cost both the same.
const MODELS: &str = r#"
use odmium::{bson::{Document, doc}, prelude::*};

#[derive(Document)]
#[document(collection = "orders")]
pub struct Order { pub id: i64, pub city: String, pub total: i64, pub items: Vec<Item> }

#[derive(Embedded)]
pub struct Item { pub sku: String, pub price: i64, pub qty: i64 }

#[derive(Document)]
#[document(collection = "products")]
pub struct Product { pub id: String, pub name: String }

#[derive(Embedded)]
#[document(group)]
pub struct Sold { #[field(id)] pub sku: String, pub sold: i64, pub worth: i64, pub most: i64 }
"#;

const OURS: &str = r#"
pub fn pipeline_N() -> odmium::Result<Vec<Document>> {
    Pipeline::<Order>::new()
        .filter(Order.total.gt(N) & Order.city.ne("x"))
        .set(Order.total, Order.total + N)
        .sort((Order.total.desc(), Order.id.asc()))
        .limit(1000)
        .unwind_elements(Order.items)
        .filter(Item.qty.gte(N))
        .set(Item.price, Item.price * Item.qty)
        .group_by(Item.sku, |g| SoldGroup { sold: g.sum(Item.qty), worth: g.sum(Item.price), most: g.max(Item.price) })
        .filter(Sold.sold.gte(N))
        .lookup_one(Sold.sku, Product.id)
        .with_fields(|rows, (sold, product)| rows.project((sold.sku, product.name, sold.worth)))
        .with_fields(|rows, (_, _, worth)| rows.sort(worth.desc()))
        .to_stages()
}
"#;

const THEIRS: &str = r#"
pub fn pipeline_N() -> odmium::Result<Vec<Document>> {
    Ok(vec![
        doc! { "$match": { "total": { "$gt": N }, "city": { "$ne": "x" } } },
        doc! { "$set": { "total": { "$add": ["$total", N] } } },
        doc! { "$sort": { "total": -1, "_id": 1 } },
        doc! { "$limit": 1000 },
        doc! { "$unwind": "$items" },
        doc! { "$replaceWith": "$items" },
        doc! { "$match": { "qty": { "$gte": N } } },
        doc! { "$set": { "price": { "$multiply": ["$price", "$qty"] } } },
        doc! { "$group": {
            "_id": "$sku", "sold": { "$sum": "$qty" }, "worth": { "$sum": "$price" }, "most": { "$max": "$price" },
        } },
        doc! { "$match": { "sold": { "$gte": N } } },
        doc! { "$lookup": { "from": "products", "localField": "_id", "foreignField": "_id", "as": "product" } },
        doc! { "$set": { "product": { "$first": "$product" } } },
        doc! { "$project": { "_0": "$_id", "_1": "$product.name", "_2": "$worth", "_id": 0 } },
        doc! { "$sort": { "_2": -1 } },
    ])
}
"#;

pub(in crate::rows) fn check() -> Result<Vec<Row>> {
    let workspace = Workspace::new(
        "pipelines",
        &[("ours", odmium()?, modules(OURS)), ("theirs", odmium()?, modules(THEIRS))],
    )?;
    let [checked, built] = workspace.in_turn(["ours", "theirs"], [&["check"], &["build"]], ROUNDS)?;
    let work = |command| {
        format!("cargo {command} of {} pipelines of 12 stages, with their models", MODULES * PIPELINES)
    };
    Ok(vec![
        Row::wall("P13", work("check"), AGAINST, &checked),
        Row::cpu("P13", work("check"), AGAINST, &checked).goal(AtMost(1.5)),
        Row::wall("P13", work("build"), AGAINST, &built),
        Row::cpu("P13", work("build"), AGAINST, &built).goal(AtMost(1.5)),
    ])
}

fn modules(pipeline: &str) -> Modules {
    let names: String = (0..MODULES).map(|module| format!("pub mod module_{module};\n")).collect();
    let pipelines: String = (0..PIPELINES)
        .map(|n| pipeline.replace("_N", &format!("_{n}")).replace('N', &format!("{n}")))
        .collect();
    let module = |n| (format!("module_{n}"), format!("{MODELS}{pipelines}"));
    [("lib".into(), names)].into_iter().chain((0..MODULES).map(module)).collect()
}
