//! Updates of elements, of map values and of moved fields: what is sent, and what it does on the server.

use std::collections::BTreeMap;

use odmium::{
    Database, Update,
    bson::{Document, doc},
    prelude::*,
};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Lot {
    code: i32,
    left: i32,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Item {
    sku: String,
    qty: i32,
    note: Option<String>,
    lots: Vec<Lot>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "orders")]
struct Order {
    id: i32,
    items: Vec<Item>,
    scores: Vec<i32>,
    prices: BTreeMap<String, i32>,
    boxes: BTreeMap<i32, Lot>,
    shelves: BTreeMap<String, Vec<Lot>>,
    rows: Vec<Vec<i32>>,
    old: Option<String>,
    new: Option<String>,
}

fn order() -> Order {
    let lots = vec![Lot { code: 1, left: 5 }, Lot { code: 2, left: 6 }];
    let item = |sku: &str, qty| Item { sku: sku.into(), qty, note: None, lots: lots.clone() };
    Order {
        id: 1,
        items: vec![item("A", 1), item("B", 5), item("A", 9)],
        scores: vec![70, 85, 90],
        prices: BTreeMap::from([("EUR".into(), 3)]),
        boxes: BTreeMap::from([(7, lots[0].clone())]),
        shelves: BTreeMap::from([("a".into(), lots.clone())]),
        rows: vec![vec![1, 2], vec![3]],
        old: Some("x".into()),
        new: None,
    }
}

/// What an update is sent as, and what it makes of the order above.
type Case = (Update<Order>, Document, Vec<Document>, fn(&mut Order));

fn update(change: impl odmium::update::IntoUpdate<Order>) -> Update<Order> {
    change.into_update()
}

fn cases() -> Vec<Case> {
    vec![
        (update(Order.items.each().qty.inc(1)), doc! { "$inc": { "items.$[].qty": 1 } }, vec![], |order| {
            order.items.iter_mut().for_each(|item| item.qty += 1);
        }),
        (update(Order.scores.each().mul(2)), doc! { "$mul": { "scores.$[]": 2 } }, vec![], |order| {
            order.scores = vec![140, 170, 180];
        }),
        (
            update(Order.items.each().lots.each().left.set(0)),
            doc! { "$set": { "items.$[].lots.$[].left": 0 } },
            vec![],
            |order| order.items.iter_mut().flat_map(|item| &mut item.lots).for_each(|lot| lot.left = 0),
        ),
        (
            update(Order.items.found().note.set("n")),
            doc! { "$set": { "items.$.note": "n" } },
            vec![],
            |order| order.items[1].note = Some("n".into()),
        ),
        (
            update(Order.items.at(2).then(Item.qty).set(0)),
            doc! { "$set": { "items.2.qty": 0 } },
            vec![],
            |order| order.items[2].qty = 0,
        ),
        (
            update(Order.items.update_where(Item.sku.eq("A"), |item| (item.qty.inc(1), item.note.set("a")))),
            doc! { "$inc": { "items.$[f0].qty": 1 }, "$set": { "items.$[f0].note": "a" } },
            vec![doc! { "f0.sku": "A" }],
            |order| {
                for item in [0, 2] {
                    order.items[item].qty += 1;
                    order.items[item].note = Some("a".into());
                }
            },
        ),
        (
            update((
                Order.items.update_where(Item.sku.eq("A"), |item| item.qty.set(0)),
                Order.items.update_where(Item.sku.eq("B"), |item| item.qty.set(1)),
                Order.items.update_where(Item.sku.eq("A"), |item| item.note.set("a")),
            )),
            doc! { "$set": { "items.$[f0].qty": 0, "items.$[f1].qty": 1, "items.$[f0].note": "a" } },
            vec![doc! { "f0.sku": "A" }, doc! { "f1.sku": "B" }],
            |order| {
                (order.items[0].qty, order.items[1].qty, order.items[2].qty) = (0, 1, 0);
                order.items[0].note = Some("a".into());
                order.items[2].note = Some("a".into());
            },
        ),
        (
            update(
                Order.items.update_where((Item.sku.eq("A") & Item.qty.gt(2)) | Item.sku.eq("B"), |item| {
                    item.lots.update_where(Lot.code.gte(2), |lot| lot.left.inc(-1))
                }),
            ),
            doc! { "$inc": { "items.$[f0].lots.$[f1].left": -1 } },
            vec![
                doc! { "$or": [{ "f0.sku": "A", "f0.qty": { "$gt": 2 } }, { "f0.sku": "B" }] },
                doc! { "f1.code": { "$gte": 2 } },
            ],
            |order| (order.items[1].lots[1].left, order.items[2].lots[1].left) = (5, 5),
        ),
        (
            update(Order.items.update_where(Filter::everything(), |item| item.qty.set(0))),
            doc! { "$set": { "items.$[f0].qty": 0 } },
            vec![doc! { "f0": { "$exists": true } }],
            |order| order.items.iter_mut().for_each(|item| item.qty = 0),
        ),
        (
            update(
                Order.scores.update_where_value(|score| score.gt(80) & score.lt(90), |score| score.set(0)),
            ),
            doc! { "$set": { "scores.$[f0]": 0 } },
            vec![doc! { "f0": { "$gt": 80, "$lt": 90 } }],
            |order| order.scores[1] = 0,
        ),
        (
            update(
                Order.scores.update_where_value(|score| score.lt(80) | score.gt(85), |score| score.inc(1)),
            ),
            doc! { "$inc": { "scores.$[f0]": 1 } },
            vec![doc! { "$or": [{ "f0": { "$lt": 80 } }, { "f0": { "$gt": 85 } }] }],
            |order| order.scores = vec![71, 85, 91],
        ),
        (
            update(Order.scores.pull_where_value(|_| Filter::nothing())),
            doc! { "$pull": { "scores": { "$in": [] } } },
            vec![],
            |_| {},
        ),
        (
            update(Order.scores.update_where_value(|_| Filter::nothing(), |score| score.set(0))),
            doc! { "$set": { "scores.$[f0]": 0 } },
            vec![doc! { "f0": { "$in": [] } }],
            |_| {},
        ),
        (
            update(Order.items.push_each(Vec::<Item>::new()).sort(Vec::<odmium::sort::SortKey<Item>>::new())),
            doc! { "$push": { "items": { "$each": [] } } },
            vec![],
            |_| {},
        ),
        (
            update((Order.prices.unset_key("EUR"), Order.boxes.unset_key(7))),
            doc! { "$unset": { "prices.EUR": "", "boxes.7": "" } },
            vec![],
            |order| (order.prices, order.boxes) = Default::default(),
        ),
        (update(Order.items.each().qty.dec(1)), doc! { "$inc": { "items.$[].qty": -1 } }, vec![], |order| {
            order.items.iter_mut().for_each(|item| item.qty -= 1);
        }),
        (
            update(Order.scores.pull_where_value(|score| score.gte(85))),
            doc! { "$pull": { "scores": { "$gte": 85 } } },
            vec![],
            |order| order.scores = vec![70],
        ),
        (
            update((
                Order.prices.key("EUR").inc(1),
                Order.prices.key(String::from("USD")).set(4),
                Order.boxes.key(7).then(Lot.left).set(0),
            )),
            doc! { "$inc": { "prices.EUR": 1 }, "$set": { "prices.USD": 4, "boxes.7.left": 0 } },
            vec![],
            |order| {
                order.prices = BTreeMap::from([("EUR".into(), 4), ("USD".into(), 4)]);
                order.boxes.get_mut(&7).unwrap().left = 0;
            },
        ),
        (
            update(Order.shelves.key("a").each().then(Lot.left).set(0)),
            doc! { "$set": { "shelves.a.$[].left": 0 } },
            vec![],
            |order| order.shelves.get_mut("a").unwrap().iter_mut().for_each(|lot| lot.left = 0),
        ),
        (
            update((
                Order.shelves.key("a").update_where(Lot.code.eq(2), |lot| lot.then(Lot.left).inc(1)),
                Order.rows.at(0).each().inc(1),
            )),
            doc! { "$inc": { "shelves.a.$[f0].left": 1, "rows.0.$[]": 1 } },
            vec![doc! { "f0.code": 2 }],
            |order| {
                order.shelves.get_mut("a").unwrap()[1].left += 1;
                order.rows[0] = vec![2, 3];
            },
        ),
        (update(Order.old.rename_to(Order.new)), doc! { "$rename": { "old": "new" } }, vec![], |order| {
            order.new = order.old.take();
        }),
    ]
}

// covers: T7, T6
#[odmium::test]
async fn elements_and_keys_are_written_as_they_are_named(db: Database) -> odmium::Result<()> {
    let orders = db.collection::<Order>();
    for (update, document, filters, change) in cases() {
        assert_eq!(update.to_document()?, document);
        assert_eq!(update.array_filters()?, filters);
        let mut expected = order();
        orders.delete_all().await?;
        orders.insert(&expected).await?;
        change(&mut expected);
        let result = orders.update_many(Order.items.any(Item.sku.eq("B")), update.clone()).await?;
        assert_eq!((result.matched, result.modified), (1, u64::from(expected != order())), "{update:?}");
        assert_eq!(orders.get(1).await?, Some(expected.clone()), "{update:?}");
        orders.replace_one(Order.id.eq(1), &order()).await?;
        let changed = orders
            .find_one_and_update(Order.items.any(Item.sku.eq("B")), update.clone())
            .return_new()
            .await?;
        assert_eq!(changed, Some(expected), "{update:?}");
    }
    Ok(())
}

// covers: T6
#[odmium::test]
async fn elements_and_keys_are_read_as_they_are_named(db: Database) -> odmium::Result<()> {
    let orders = db.collection::<Order>();
    orders.insert(&order()).await?;
    let cases = [
        (Order.items.at(1).then(Item.sku).eq("B"), doc! { "items.1.sku": "B" }, 1),
        (Order.items.at(0).then(Item.sku).eq("B"), doc! { "items.0.sku": "B" }, 0),
        (Order.scores.at(2).gt(89), doc! { "scores.2": { "$gt": 89 } }, 1),
        (Order.items.at(0).then(Item.lots).at(1).then(Lot.code).eq(2), doc! { "items.0.lots.1.code": 2 }, 1),
        (Order.prices.key("EUR").lt(4), doc! { "prices.EUR": { "$lt": 4 } }, 1),
        (Order.boxes.key(7).then(Lot.left).eq(5), doc! { "boxes.7.left": 5 }, 1),
        (Order.prices.key("USD").exists(), doc! { "prices.USD": { "$exists": true } }, 0),
        // Each condition may hold for another element: no item is both.
        (
            Order.items.elements().sku.eq("B") & Order.items.elements().qty.eq(9),
            doc! { "items.sku": "B", "items.qty": 9 },
            1,
        ),
    ];
    for (filter, document, found) in cases {
        assert_eq!(filter.to_document()?, document);
        assert_eq!(orders.count(filter).await?, found, "{document}");
    }
    Ok(())
}

// covers: C6
#[odmium::test]
async fn clashes_that_show_at_run_time_are_errors_before_anything_is_sent(
    db: Database,
) -> odmium::Result<()> {
    let (db, sent) = odmium_tests::Recorder::attach(&db).await?;
    let orders = db.collection::<Order>();
    let clashes = [
        update(vec![Order.scores.at(0).set(1), Order.scores.at(0).inc(1)]),
        update(vec![update(Order.scores.set([1])), update(Order.scores.at(0).inc(1))]),
        update(Order.scores.set([1])).and(Order.scores.each().inc(1)),
        update(Order.items.each().qty.set(1))
            .and(Order.items.update_where(Item.sku.eq("A"), |item| item.qty.inc(1))),
        update(Order.items.each().qty.set(1)).and(Order.items.at(0).then(Item.note).set("x")),
        update(Order.old.rename_to(Order.new)).and(Order.new.set("x")),
    ];
    for update in clashes {
        let error = orders.update_many(Filter::everything(), update).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("writes `"), "{error}");
    }
    for key in ["", "a.b", "$a", "a\0b"] {
        let error = orders.update_many(Filter::everything(), Order.prices.key(key).set(1)).await.unwrap_err();
        assert!(error.is_encode() && error.to_string().contains("cannot be named in a path"), "{error}");
        let error = orders.find(Order.prices.key(key).eq(1)).await.unwrap_err();
        assert!(error.is_encode() && error.to_string().contains("cannot be named in a path"), "{error}");
    }
    let picks = Order.items.update_where(Filter::raw(doc! { "$where": "true" }), |item| item.qty.inc(1));
    let error = orders.update_many(Filter::everything(), picks).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`$where` cannot pick"), "{error}");
    // The condition would be lost.
    let elsewhere = Order.items.update_where(Item.sku.eq("A"), |_| Order.scores.each().inc(1));
    let error = orders.update_many(Filter::everything(), elsewhere).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("is no part of the elements"), "{error}");
    let pull = Order.scores.pull_where_value(|score| score.eq(1) | score.eq(2));
    let error = orders.update_many(Filter::everything(), pull).await.unwrap_err();
    assert!(error.to_string().contains("pull one after the other"), "{error}");
    assert_eq!(sent.take(), Vec::<Document>::new());
    Ok(())
}

#[test]
fn many_paths_are_compared_without_comparing_each_with_each() {
    let keys: Vec<String> = (0..20_000).map(|key| format!("k{key}")).collect();
    let changes: Vec<_> = keys.iter().map(|key| Order.prices.key(key).set(1)).collect();
    let started = std::time::Instant::now();
    let update = Update::new().and(changes);
    assert_eq!(update.to_document().unwrap().get_document("$set").unwrap().len(), keys.len());
    // It took 18 seconds when it did.
    assert!(started.elapsed().as_secs() < 9, "{:?}", started.elapsed());
    let again = update.and(Order.prices.key("k19999").inc(1));
    assert!(again.to_document().unwrap_err().is_argument());
}

#[odmium::test]
async fn names_of_raw_array_filters_are_left_alone(db: Database) -> odmium::Result<()> {
    let orders = db.collection::<Order>();
    orders.insert(&order()).await?;
    let change = update(Order.items.update_where(Item.sku.eq("B"), |item| item.qty.set(0)))
        .and(Update::raw(doc! { "$set": { "scores.$[f0]": 1 } }));
    orders.update_one(Order.id.eq(1), change).array_filters([doc! { "f0": { "$gt": 80 } }]).await?;
    let order = orders.get(1).await?.unwrap();
    assert_eq!((order.items[1].qty, order.scores), (0, vec![70, 1, 1]));
    Ok(())
}

// covers: T7, T24
#[odmium::test]
async fn a_raw_pipeline_is_an_update_of_its_own(db: Database) -> odmium::Result<()> {
    let orders = db.collection::<Order>();
    orders.insert(&order()).await?;
    let stages =
        [doc! { "$set": { "prices.EUR": { "$add": ["$prices.EUR", 1] } } }, doc! { "$unset": "old" }];
    let pipeline = Update::raw_pipeline(stages.clone());
    assert_eq!(pipeline.to_pipeline()?, Some(stages.to_vec()));
    assert!(pipeline.to_document().unwrap_err().is_argument());
    orders.update_one(Order.id.eq(1), pipeline.clone()).await?;
    let order = orders.get(1).await?.unwrap();
    assert_eq!((order.prices["EUR"], order.old), (4, None));
    let mixed = orders.update_one(Order.id.eq(1), pipeline.and(Order.new.set("x"))).await.unwrap_err();
    assert!(mixed.is_argument() && mixed.to_string().contains("a pipeline is a whole update"), "{mixed}");
    let empty = orders.update_one(Order.id.eq(1), Update::raw_pipeline([])).await.unwrap_err();
    assert!(empty.is_argument(), "{empty}");
    Ok(())
}
