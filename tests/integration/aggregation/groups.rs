//! Groups, buckets and every accumulator.

use std::collections::BTreeMap;

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    codec::DecodeOwned,
    expr::{array, key_value},
    pipeline::{Acc, Group},
    prelude::*,
};

use super::{Order, check, fill, same, start};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "city_stats", group)]
pub struct CityStats {
    #[field(id)]
    pub city: String,
    pub orders: i64,
    pub total: i64,
    pub avg_tip: Option<f64>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(group)]
pub struct Whole {
    most: i32,
    tips: i64,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(group)]
pub struct Range {
    #[field(id)]
    bounds: (i32, i32),
    n: i64,
}

fn stats(city: &str, orders: i64, total: i64, avg_tip: Option<f64>) -> CityStats {
    CityStats { city: city.into(), orders, total, avg_tip }
}

// covers: T10, X3
#[odmium::test]
async fn groups_have_the_type_of_their_struct(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let cities = start().group_by(Order.city, |g| CityStatsGroup {
        orders: g.count(),
        total: g.sum(Order.total),
        avg_tip: g.avg(Order.tip),
    });
    let group = doc! { "$group": {
        "_id": "$city", "orders": { "$sum": 1 }, "total": { "$sum": "$total" }, "avg_tip": { "$avg": "$tip" },
    } };
    check(
        &all,
        cities.filter(CityStats.orders.gte(1)).sort((CityStats.total.desc(), CityStats.city.asc())).limit(2),
        vec![
            group,
            doc! { "$match": { "orders": { "$gte": 1_i64 } } },
            doc! { "$sort": { "total": -1, "_id": 1 } },
            doc! { "$limit": 2_i64 },
        ],
        vec![stats("Oslo", 2, 70, Some(7.0)), stats("Bern", 1, 50, None)],
    )
    .await;
    check(
        &all,
        start().group_all(|g| WholeGroup { most: g.max(Order.total), tips: g.sum(Order.tip) }),
        vec![doc! { "$group": { "_id": Bson::Null, "most": { "$max": "$total" }, "tips": { "$sum": "$tip" } } }],
        vec![Whole { most: 50, tips: 12 }],
    )
    .await;
    check(
        &all,
        start().group_all(|g| (g.count(), g.max(Order.id))),
        vec![doc! { "$group": { "_id": Bson::Null, "_0": { "$sum": 1 }, "_1": { "$max": "$_id" } } }],
        vec![(5, 5)],
    )
    .await;
    check(
        &all,
        start()
            .group_by(Order.ship.street, |g| (g.count(), g.first(Order.note)))
            .with_fields(|rows, (street, ..)| rows.sort(street.asc())),
        vec![
            doc! { "$group": { "_id": "$ship.street", "_1": { "$sum": 1 }, "_2": { "$first": "$note" } } },
            doc! { "$project": { "_id": 0, "_0": "$_id", "_1": 1, "_2": 1 } },
            doc! { "$sort": { "_0": 1 } },
        ],
        vec![(None, 4, None), (Some("Main".to_owned()), 1, None)],
    )
    .await;
    // A pipeline goes on in the types of its last stage.
    let by_total = start()
        .group_by(Order.city, |g| (g.sum(Order.total),))
        .with_fields(|rows, (_, total)| rows.group_by(total, |g| (g.count(),)))
        .with_fields(|rows, (total, _)| rows.sort(total.asc()));
    same(
        &all,
        by_total,
        vec![
            doc! { "$group": { "_id": "$city", "t": { "$sum": "$total" } } },
            doc! { "$group": { "_id": "$t", "n": { "$sum": 1 } } },
            doc! { "$project": { "_0": "$_id", "_1": "$n" } },
            doc! { "$sort": { "_0": 1 } },
        ],
    )
    .await;
    Ok(())
}

// covers: T10
#[odmium::test]
async fn documents_of_values_tell_groups_apart(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let pair = doc! { "$mergeObjects": [{ "_0": "$city", "_1": "$tip" }] };
    let counted = start().sort_by_count((Order.city, Order.tip));
    assert_eq!(counted.to_stages()?[0], doc! { "$sortByCount": pair.clone() });
    let counted = all.aggregate().then(counted).await?;
    let grouped = all.aggregate().group_by((Order.city, Order.tip), |g| (g.count(),)).await?;
    assert_eq!(counted.len(), grouped.len());
    assert!(grouped.iter().all(|group| counted.contains(group)), "{counted:?} {grouped:?}");
    let auto = start().bucket_auto((Order.city, Order.tip), 1, |g| (g.count(),));
    assert_eq!(
        auto.to_stages()?[0].get_document("$bucketAuto").unwrap().get_document("groupBy").unwrap(),
        &pair
    );
    let buckets = all.aggregate().then(auto).await?;
    let [((least, greatest), n)] = &*buckets else { panic!("{buckets:?}") };
    let keys: Vec<_> = grouped.iter().map(|(key, _)| key).collect();
    assert!(keys.contains(&least) && keys.contains(&greatest), "{least:?} {greatest:?}");
    assert_eq!(*n, grouped.iter().map(|(_, n)| n).sum::<i64>());
    Ok(())
}

// covers: X3
#[odmium::test]
async fn a_pair_of_a_key_has_a_value_where_the_field_is_missing(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    all.update_many(Filter::everything(), Order.tip.unset()).await?;
    let tips =
        array([key_value("tip", Order.tip), key_value("none", Order.tip.expr().if_null(5).optional())]);
    let found =
        all.aggregate().sort(Order.id.asc()).limit(1).project((Order.id, tips.array_to_object())).await?;
    let [(_, tips)] = &*found else { panic!("{found:?}") };
    assert_eq!(*tips, BTreeMap::from([("tip".to_owned(), None), ("none".to_owned(), Some(5))]));
    Ok(())
}

// covers: T10
#[odmium::test]
async fn buckets(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    check(
        &all,
        start().bucket(Order.total, [0, 25, 100], |g| (g.count(),)),
        vec![
            doc! { "$bucket": { "groupBy": "$total", "boundaries": [0, 25, 100], "output": { "_1": { "$sum": 1 } } } },
            doc! { "$project": { "_id": 0, "_0": "$_id", "_1": 1 } },
        ],
        vec![(0, 2), (25, 3)],
    )
    .await;
    check(
        &all,
        start().bucket_or(Order.tip, [0, 6, 10], -1, |g| (g.count(),)),
        vec![
            doc! { "$bucket": {
                "groupBy": "$tip", "boundaries": [0_i64, 6_i64, 10_i64], "default": -1_i64,
                "output": { "_1": { "$sum": 1 } },
            } },
            doc! { "$project": { "_id": 0, "_0": "$_id", "_1": 1 } },
        ],
        vec![(Some(-1), 3), (Some(0), 1), (Some(6), 1)],
    )
    .await;
    let key = doc! { "$set": { "_id": { "_0": "$_id.min", "_1": "$_id.max" } } };
    let auto = |fields: Document| doc! { "$bucketAuto": { "groupBy": "$total", "buckets": 2_i64, "output": fields } };
    check(
        &all,
        start().bucket_auto(Order.total, 2, |g| (g.count(),)),
        vec![
            auto(doc! { "_1": { "$sum": 1 } }),
            key.clone(),
            doc! { "$project": { "_id": 0, "_0": "$_id", "_1": 1 } },
        ],
        vec![((10, 40), 3), ((40, 50), 2)],
    )
    .await;
    check(
        &all,
        start().bucket_auto(Order.total, 2, |g| RangeGroup { n: g.count() }),
        vec![auto(doc! { "n": { "$sum": 1 } }), key],
        vec![Range { bounds: (10, 40), n: 3 }, Range { bounds: (40, 50), n: 2 }],
    )
    .await;
    Ok(())
}

/// Over all orders in the order of their ids, and over those without a tip or a note.
async fn accumulates<T>(
    db: &Database,
    make: fn(Group<Order>) -> Acc<Order, T>,
    raw: Document,
    expected: T,
    of_none: T,
) where
    T: DecodeOwned + std::fmt::Debug + PartialEq + Send + 'static,
{
    let all = db.collection::<Order>();
    for (filter, expected) in [(Filter::everything(), expected), (Order.id.eq(3), of_none)] {
        let pipeline = start().filter(filter.clone()).sort(Order.id.asc()).group_all(|g| (make(g),));
        let stages = vec![
            doc! { "$match": filter.to_document().unwrap() },
            doc! { "$sort": { "_id": 1 } },
            doc! { "$group": { "_id": Bson::Null, "_0": raw.clone() } },
        ];
        check(&all, pipeline, stages, vec![(expected,)]).await;
    }
}

// covers: T10
#[odmium::test]
async fn accumulators_have_the_type_of_the_server(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let db = &db;
    let text = |text: &str| Some(text.to_owned());
    accumulates(db, |g| g.count(), doc! { "$sum": 1 }, 5, 1).await;
    accumulates(db, |g| g.sum(Order.total), doc! { "$sum": "$total" }, 150_i64, 30).await;
    accumulates(db, |g| g.sum(Order.tip), doc! { "$sum": "$tip" }, 12_i64, 0).await;
    accumulates(
        db,
        |g| g.sum(Order.total * 0.5),
        doc! { "$sum": { "$multiply": ["$total", 0.5] } },
        75.0,
        15.0,
    )
    .await;
    accumulates(db, |g| g.avg(Order.tip), doc! { "$avg": "$tip" }, Some(6.0), None).await;
    accumulates(db, |g| g.min(Order.total), doc! { "$min": "$total" }, 10, 30).await;
    accumulates(db, |g| g.max(Order.tip), doc! { "$max": "$tip" }, Some(7), None).await;
    accumulates(
        db,
        |g| g.min(Order.at),
        doc! { "$min": "$at" },
        DateTime::from_millis(3_600_000),
        DateTime::from_millis(10_800_000),
    )
    .await;
    accumulates(db, |g| g.first(Order.id), doc! { "$first": "$_id" }, 1, 3).await;
    accumulates(db, |g| g.last(Order.note), doc! { "$last": "$note" }, None, None).await;
    accumulates(db, |g| g.push(Order.id), doc! { "$push": "$_id" }, vec![1, 2, 3, 4, 5], vec![3]).await;
    accumulates(db, |g| g.push(Order.note), doc! { "$push": "$note" }, vec![text("n")], vec![]).await;
    let city = |g: Group<Order>| g.add_to_set(Order.city.expr().substr_cp(9, 1));
    accumulates(
        db,
        city,
        doc! { "$addToSet": { "$substrCP": ["$city", 9, 1] } },
        vec![String::new()],
        vec![String::new()],
    )
    .await;
    accumulates(db, |g| g.std_dev_pop(Order.tip), doc! { "$stdDevPop": "$tip" }, Some(1.0), None).await;
    accumulates(db, |g| g.std_dev_samp(Order.id), doc! { "$stdDevSamp": "$_id" }, Some(2.5_f64.sqrt()), None)
        .await;
    accumulates(
        db,
        |g| g.merge_objects(Order.ship),
        doc! { "$mergeObjects": "$ship" },
        doc! { "street": "Main" },
        doc! {},
    )
    .await;
    let by_total = doc! { "total": -1 };
    let ordered = |op: &str| doc! { op: { "sortBy": by_total.clone(), "output": "$city" } };
    let many = |op: &str| doc! { op: { "sortBy": by_total.clone(), "output": "$_id", "n": 2_i64 } };
    let several = |op: &str| doc! { op: { "n": 2_i64, "input": "$total" } };
    accumulates(
        db,
        |g| g.top(Order.total.desc(), Order.city),
        ordered("$top"),
        "Bern".to_owned(),
        "Oslo".to_owned(),
    )
    .await;
    accumulates(
        db,
        |g| g.bottom(Order.total.desc(), Order.city),
        ordered("$bottom"),
        "Rome".to_owned(),
        "Oslo".to_owned(),
    )
    .await;
    accumulates(db, |g| g.top_n(2, Order.total.desc(), Order.id), many("$topN"), vec![5, 4], vec![3]).await;
    accumulates(db, |g| g.bottom_n(2, Order.total.desc(), Order.id), many("$bottomN"), vec![2, 1], vec![3])
        .await;
    accumulates(db, |g| g.first_n(2, Order.total), several("$firstN"), vec![10, 20], vec![30]).await;
    accumulates(db, |g| g.last_n(2, Order.total), several("$lastN"), vec![40, 50], vec![30]).await;
    accumulates(db, |g| g.max_n(2, Order.total), several("$maxN"), vec![50, 40], vec![30]).await;
    accumulates(db, |g| g.min_n(2, Order.total), several("$minN"), vec![10, 20], vec![30]).await;
    Ok(())
}
