//! Stages on the documents of one collection.

use odmium::{
    Database,
    bson::{Bson, doc},
    expr,
    pipeline::Visibility,
    prelude::*,
};

use super::{Order, check, fill, orders, same, start};

#[derive(Embedded, Debug, PartialEq)]
#[document(shape, rename_all = "camelCase")]
pub struct Card {
    city_name: String,
    next: i32,
    street: Option<String>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
pub struct Priced {
    #[field(flatten)]
    order: Order,
    with_tip: Option<i64>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Order)]
pub struct Small {
    city: String,
    #[field(from = ship.street)]
    street: Option<String>,
}

// covers: T10
#[odmium::test]
async fn stages_that_keep_the_type(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let by_id = doc! { "$sort": { "_id": 1 } };
    let changed = |change: fn(&mut Order)| {
        let mut orders = orders(&[1, 2]);
        orders.iter_mut().for_each(change);
        orders
    };
    let first = || start().filter(Order.id.lte(2)).sort(Order.id.asc());
    let first_raw = |stage| vec![doc! { "$match": { "_id": { "$lte": 2 } } }, by_id.clone(), stage];
    check(
        &all,
        start().filter(Order.total.gt(20) & Order.city.eq("Oslo")).sort((Order.city.asc(), Order.id.desc())),
        vec![
            doc! { "$match": { "total": { "$gt": 20 }, "city": "Oslo" } },
            doc! { "$sort": { "city": 1, "_id": -1 } },
        ],
        orders(&[4, 3]),
    )
    .await;
    check(
        &all,
        start().sort(Order.id.asc()).skip(1).limit(2),
        vec![by_id.clone(), doc! { "$skip": 1_i64 }, doc! { "$limit": 2_i64 }],
        orders(&[2, 3]),
    )
    .await;
    check(
        &all,
        first().set(Order.total, Order.total + 1),
        first_raw(doc! { "$set": { "total": { "$add": ["$total", 1] } } }),
        changed(|order| order.total += 1),
    )
    .await;
    check(
        &all,
        first().set(Order.tip, 1),
        first_raw(doc! { "$set": { "tip": 1_i64 } }),
        changed(|order| order.tip = Some(1)),
    )
    .await;
    check(
        &all,
        first().unset(Order.tip),
        first_raw(doc! { "$unset": "tip" }),
        changed(|order| order.tip = None),
    )
    .await;
    let shown = Order.total.expr().gte(20).cond(Visibility::Keep.expr(), Visibility::Prune.expr());
    check(
        &all,
        first().redact(shown),
        first_raw(doc! { "$redact": { "$cond": [{ "$gte": ["$total", 20] }, "$$KEEP", "$$PRUNE"] } }),
        orders(&[2]),
    )
    .await;
    let sampled = all.aggregate().sample(3).await?;
    assert_eq!(sampled.len(), 3);
    assert_eq!(start().sample(3).to_stages()?, [doc! { "$sample": { "size": 3_i64 } }]);
    Ok(())
}

// covers: T10, X3
#[odmium::test]
async fn stages_that_change_the_type(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let sorted = || start().sort(Order.id.asc());
    let by_id = doc! { "$sort": { "_id": 1 } };
    check(&all, start().count(), vec![doc! { "$count": "_0" }], vec![(5,)]).await;
    check(
        &all,
        start().filter(Order.id.gt(9)).count(),
        vec![doc! { "$match": { "_id": { "$gt": 9 } } }, doc! { "$count": "_0" }],
        vec![],
    )
    .await;
    check(
        &all,
        sorted().project((Order.city, Order.total + 1, Order.ship.street, Order.tip, 7)).limit(2),
        vec![
            by_id.clone(),
            doc! { "$project": {
                "_0": "$city", "_1": { "$add": ["$total", 1] }, "_2": "$ship.street", "_3": "$tip",
                "_4": { "$literal": 7 }, "_id": 0,
            } },
            doc! { "$limit": 2_i64 },
        ],
        vec![
            ("Rome".to_owned(), 11, None, Some(5), 7),
            ("Rome".to_owned(), 21, Some("Main".to_owned()), None, 7),
        ],
    )
    .await;
    check(
        &all,
        sorted()
            .project(CardShape {
                city_name: Order.city.expr().to_upper(),
                next: Order.total + 1,
                street: Order.ship.street.expr().optional(),
            })
            .filter(Card.city_name.eq("ROME") & Card.next.gt(11)),
        vec![
            by_id.clone(),
            doc! { "$project": {
                "cityName": { "$toUpper": "$city" }, "next": { "$add": ["$total", 1] }, "street": "$ship.street", "_id": 0,
            } },
            doc! { "$match": { "cityName": "ROME", "next": { "$gt": 11 } } },
        ],
        vec![Card { city_name: "ROME".into(), next: 21, street: Some("Main".into()) }],
    )
    .await;
    let small =
        |city: &str, street: Option<&str>| Small { city: city.into(), street: street.map(str::to_owned) };
    check(
        &all,
        sorted().limit(2).project_as::<Small>(),
        vec![
            by_id.clone(),
            doc! { "$limit": 2_i64 },
            doc! { "$project": { "city": 1, "ship.street": 1, "_id": 0 } },
        ],
        vec![small("Rome", None), small("Rome", Some("Main"))],
    )
    .await;
    check(
        &all,
        sorted()
            .add_fields(PricedShape { with_tip: Order.tip + Order.total })
            .filter(Priced.with_tip.gte(15) & Priced.order.city.ne("Bern")),
        vec![
            by_id.clone(),
            doc! { "$set": { "with_tip": { "$add": ["$tip", "$total"] } } },
            doc! { "$match": { "with_tip": { "$gte": 15_i64 }, "city": { "$ne": "Bern" } } },
        ],
        orders(&[1, 4])
            .into_iter()
            .zip([15, 47])
            .map(|(order, sum)| Priced { order, with_tip: Some(sum) })
            .collect(),
    )
    .await;
    let with_ship = || start().filter(Order.ship.is_some());
    let ship = || Order.ship.expr().raw_as::<super::Address>();
    let some = doc! { "$match": { "ship": { "$ne": Bson::Null } } };
    let main = || vec![super::Address { street: "Main".into() }];
    check(
        &all,
        with_ship().replace_with(ship()),
        vec![some.clone(), doc! { "$replaceWith": "$ship" }],
        main(),
    )
    .await;
    check(
        &all,
        with_ship().replace_root(ship()),
        vec![some, doc! { "$replaceRoot": { "newRoot": "$ship" } }],
        main(),
    )
    .await;
    check(
        &all,
        start()
            .sort_by_count(Order.customer)
            .with_fields(|rows, (customer, n)| rows.sort((n.desc(), customer.asc()))),
        vec![
            doc! { "$sortByCount": "$customer" },
            doc! { "$project": { "_id": 0, "_0": "$_id", "_1": "$count" } },
            doc! { "$sort": { "_1": -1, "_0": 1 } },
        ],
        vec![(1, 3), (2, 1), (9, 1)],
    )
    .await;
    let counts = start().facet((start().count(), sorted().project((Order.id,)).limit(2)));
    check(
        &all,
        counts,
        vec![doc! { "$facet": {
            "_0": [{ "$count": "_0" }],
            "_1": [{ "$sort": { "_id": 1 } }, { "$project": { "_0": "$_id", "_id": 0 } }, { "$limit": 2_i64 }],
        } }],
        vec![(vec![(5,)], vec![(1,), (2,)])],
    )
    .await;
    let raw = start().raw_stage::<Card>(doc! { "$project": { "cityName": "$city", "next": "$total" } });
    same(
        &all,
        raw.sort(Card.next.asc()),
        vec![
            doc! { "$sort": { "total": 1 } },
            doc! { "$project": { "cityName": "$city", "next": "$total" } },
        ],
    )
    .await;
    Ok(())
}

#[test]
fn a_mistake_is_kept_until_the_pipeline_is_used() {
    let broken = start().set(odmium::path::Field::<Order, i32>::raw("items.0"), 1).limit(1).count();
    let error = broken.to_stages().unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("items.0"), "{error}");
    assert!(format!("{broken:?}").contains("items.0"));
    let same: Vec<_> = [start().limit(1), start().limit(1).clone(), start().then(start().limit(1))]
        .iter()
        .map(|pipeline| pipeline.to_stages().unwrap())
        .collect();
    assert!(same.iter().all(|stages| *stages == same[0]));
    let next = expr::root::<Order>();
    assert_eq!(start().replace_with(next).to_stages().unwrap(), [doc! { "$replaceWith": "$$ROOT" }]);
}
