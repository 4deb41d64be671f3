//! Views and selections of arrays: elements that are null, kinds of arrays, elements of a number, values of a key.

use std::collections::BTreeMap;

use odmium::{
    Collection, Database,
    action::Find,
    bson::{Document, doc},
    codec::Maybe,
    prelude::*,
};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Item {
    sku: String,
    qty: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "stocks")]
struct Stock {
    id: i32,
    rows: Vec<Option<Item>>,
    grid: Vec<Vec<Maybe<Item>>>,
    full: Vec<Item>,
    best: Maybe<Item>,
    last: Option<Item>,
    pair: [i32; 2],
    boxed: Box<[i32]>,
    perhaps: Maybe<Vec<Item>>,
    prices: BTreeMap<String, i32>,
}

fn item(sku: &str) -> Item {
    Item { sku: sku.to_owned(), qty: 1 }
}

fn stock(id: i32, best: Maybe<Item>) -> Stock {
    Stock {
        id,
        rows: vec![None, Some(item("a")), None],
        grid: vec![vec![Maybe::Null, Maybe::Value(item("b"))]],
        full: vec![item("c")],
        best,
        last: None,
        pair: [1, 2],
        boxed: [3, 4].into(),
        perhaps: Maybe::Value(vec![item("d"), item("e")]),
        prices: [("eur".to_owned(), 5)].into(),
    }
}

async fn stocks(db: &Database) -> odmium::Result<Collection<Stock>> {
    let stocks = db.collection::<Stock>();
    let bests = [Maybe::Null, Maybe::Missing, Maybe::Value(item("f"))];
    let all: Vec<Stock> = (1..).zip(bests).map(|(id, best)| stock(id, best)).collect();
    stocks.insert_many(&all).await?;
    stocks
        .inner()
        .clone_with_type::<Document>()
        .update_one(doc! { "_id": 1 }, doc! { "$set": { "last": null } })
        .await?;
    Ok(stocks)
}

fn by_id(stocks: &Collection<Stock>) -> Find<'_, Stock> {
    stocks.find(Filter::everything()).sort(Stock.id.asc())
}

#[derive(View, Debug, PartialEq)]
#[view(of = Item)]
struct Sku {
    sku: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Stock)]
struct Skus {
    rows: Vec<Option<Sku>>,
    grid: Vec<Vec<Maybe<Sku>>>,
    full: Vec<Sku>,
    best: Maybe<Sku>,
    last: Option<Sku>,
}

// covers: T8
#[odmium::test]
async fn a_view_keeps_elements_that_are_null_and_tells_null_from_missing(db: Database) -> odmium::Result<()> {
    let stocks = stocks(&db).await?;
    let sku = |text: &str| Sku { sku: text.to_owned() };
    for (read, best) in by_id(&stocks).select_as::<Skus>().await?.into_iter().zip([
        Maybe::Null,
        Maybe::Missing,
        Maybe::Value(sku("f")),
    ]) {
        let expected = Skus {
            rows: vec![None, Some(sku("a")), None],
            grid: vec![vec![Maybe::Null, Maybe::Value(sku("b"))]],
            full: vec![sku("c")],
            best,
            last: None,
        };
        assert_eq!(read, expected);
    }
    Ok(())
}

// covers: T8
#[odmium::test]
async fn parts_of_every_kind_of_array_are_selected(db: Database) -> odmium::Result<()> {
    let stocks = stocks(&db).await?;
    let parts = (Stock.boxed.slice(-1), Stock.perhaps.slice_from(1, 1), Stock.perhaps);
    let error = by_id(&stocks).select(parts).first().await.unwrap_err();
    assert!(error.is_argument(), "{error}");
    let parts = (Stock.boxed.slice(-1), Stock.perhaps.slice_from(1, 1), Stock.pair.slice(2));
    let read = by_id(&stocks).select(parts).first().await?;
    assert_eq!(read, Some((Box::from([4]), Maybe::Value(vec![item("e")]), [1, 2])));
    let read = by_id(&stocks).select(Stock.perhaps.elem_match(Item.sku.eq("e"))).first().await?;
    assert_eq!(read, Some(Some(item("e"))));
    Ok(())
}
