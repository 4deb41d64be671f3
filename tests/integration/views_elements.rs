//! Views and selections of arrays: elements that are null, kinds of arrays, elements of a number, values of a key.

use std::collections::BTreeMap;

use odmium::{
    Collection, Database,
    action::Find,
    bson::{Document, doc},
    codec::Maybe,
    path::{AtIndex, AtKey, Dynamic, Field},
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

// covers: T8
#[odmium::test]
async fn a_key_of_a_map_may_be_missing_and_an_element_is_computed(db: Database) -> odmium::Result<()> {
    let stocks = stocks(&db).await?;
    let key = |key: &'static str| Stock.prices.key(key);
    let read = by_id(&stocks).select((key("eur"), key("usd"), Stock.id)).first().await?;
    assert_eq!(read, Some((Some(5), None, 1)));
    let below = Stock.perhaps.at(1).then(Item.sku);
    assert_eq!(below.clone().path(), "perhaps.1.sku");
    let beyond = Stock.pair.at(7).expr().optional();
    let read = by_id(&stocks).select((Stock.pair.at(1).expr(), beyond, below.expr())).first().await?;
    assert_eq!(read, Some((2, None, "e".to_owned())));
    // Known to go through what may be missing, also where it goes on.
    let raw: Field<Stock, BTreeMap<String, Item>> = Field::raw("last");
    let sku: Field<Stock, String, AtKey> = raw.key("none").then(Item.sku);
    assert_eq!(by_id(&stocks).select(sku).first().await?, Some(None));
    let _: Field<Stock, i32, AtIndex> = Field::<Stock, Vec<BTreeMap<String, i32>>>::raw("x").at(0).key("y");
    let _: Field<Stock, String, Dynamic> = Field::<Stock, Item>::raw("last").then(Item.sku);
    Ok(())
}

#[derive(Document)]
#[document(collection = "stocks")]
struct Counted {
    id: i32,
    #[field(default)]
    count: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Counted)]
struct Bare {
    count: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Counted)]
struct Filled {
    #[field(default)]
    count: i32,
}

// covers: T8
#[odmium::test]
async fn a_default_of_the_model_is_none_of_a_selection(db: Database) -> odmium::Result<()> {
    stocks(&db).await?;
    let counted = db.collection::<Counted>();
    assert_eq!(counted.get(1).await?.map(|counted| (counted.id, counted.count)), Some((1, 0)));
    let one = || counted.find(Counted.id.eq(1));
    for error in [
        one().select(Counted.count).one().await.unwrap_err(),
        one().select_as::<Bare>().one().await.unwrap_err(),
    ] {
        let text = error.to_string();
        assert!(error.is_decode() && text.contains("`count`"), "{text}");
        assert!(text.contains("a default of the model does not count"), "{text}");
    }
    // What the error says to write.
    assert_eq!(one().select(Counted.count.expr().optional().if_null(3)).one().await?, 3);
    assert_eq!(one().select_as::<Filled>().one().await?, Filled { count: 0 });
    Ok(())
}

// covers: T8
#[odmium::test]
async fn every_kind_of_array_has_different_values(db: Database) -> odmium::Result<()> {
    let stocks = stocks(&db).await?;
    let all = Filter::everything;
    assert_eq!(stocks.distinct(Stock.pair, all()).await?, [1, 2]);
    assert_eq!(stocks.distinct(Stock.boxed, all()).await?, [3, 4]);
    assert_eq!(stocks.distinct(Stock.perhaps, all()).await?, [item("d"), item("e")]);
    Ok(())
}
