//! Stages that are a source, fill gaps, or write.

use odmium::{
    Database,
    bson::{Bson, Decimal128, Document, doc},
    expr::{TimeUnit, variable},
    filter::Near,
    pipeline::{Densify, Fill, GeoNear, Merge, Pipeline, WhenMatched, WhenNotMatched},
    prelude::*,
    update::UpdatePipeline,
};

use super::{
    Order, check, fill,
    groups::{CityStats, CityStatsGroup},
    start,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "scales")]
struct Scale {
    #[field(id)]
    key: Option<i32>,
    int: Option<i32>,
    long: Option<i64>,
    double: Option<f64>,
    decimal: Option<Decimal128>,
}

// covers: T10
#[odmium::test]
async fn numbers_of_every_type_are_filled_within_a_range(db: Database) -> odmium::Result<()> {
    let scales = db.collection::<Scale>();
    let decimal = |text: &str| text.parse::<Decimal128>().unwrap();
    let (int, long, double) = (Some(1), Some(1), Some(1.0));
    scales.insert(&Scale { key: Some(1), int, long, double, decimal: Some(decimal("1")) }).await?;
    let all = || scales.aggregate();
    let ints =
        all().densify::<Scale>(Densify::numbers_in(Scale.int, 1.0, 0..3)).project((Scale.int,)).await?;
    assert_eq!(ints, [(Some(0),), (Some(1),), (Some(2),)]);
    let longs = Densify::numbers_in(Scale.long, 1.0, 0..3_i64);
    assert_eq!(
        all().densify::<Scale>(longs).project((Scale.long,)).await?,
        [(Some(0),), (Some(1),), (Some(2),)]
    );
    for (step, count) in [(1.0, 3), (0.5, 6)] {
        let doubles = Densify::numbers_in(Scale.double, step, 0.0..3.0);
        let found = all().densify::<Scale>(doubles).project((Scale.double,)).await?;
        assert_eq!((found.len(), found[1].0), (count, Some(step)));
        let decimals = Densify::numbers_in(Scale.decimal, step, decimal("0")..decimal("3"));
        let found = all().densify::<Scale>(decimals).project((Scale.decimal,)).await?;
        let second: f64 = found[1].0.unwrap().to_string().parse().unwrap();
        assert_eq!((found.len(), second), (count, step));
    }
    Ok(())
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "shops")]
struct Shop {
    id: i32,
    #[field(index(sphere))]
    place: [f64; 2],
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Slot {
    city: String,
    total: i32,
    #[field(rename = "_id")]
    id: Option<i32>,
}

// covers: T10
#[odmium::test]
async fn gaps_are_filled(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let slots = start()
        .filter(Order.id.is_in([1, 3]))
        .project((Order.id, Order.total))
        .with_fields(|rows, (_, total)| rows.densify::<(Option<i32>, i32)>(Densify::numbers(total, 10.0)));
    check(
        &all,
        slots,
        vec![
            doc! { "$match": { "_id": { "$in": [1, 3] } } },
            doc! { "$project": { "_0": "$_id", "_1": "$total", "_id": 0 } },
            doc! { "$densify": { "field": "_1", "range": { "step": 10_i64, "bounds": "full" } } },
        ],
        vec![(Some(1), 10), (None, 20), (Some(3), 30)],
    )
    .await;
    let dates = start().densify::<Document>(
        Densify::dates(Order.at, 1, TimeUnit::Hour).partition_by(Order.city).within_partition(),
    );
    let stage = doc! { "$densify": {
        "field": "at", "partitionByFields": ["city"],
        "range": { "step": 1_i64, "unit": "hour", "bounds": "partition" },
    } };
    assert_eq!(dates.to_stages()?, [stage]);
    assert_eq!(all.aggregate().then(dates).await?.len(), 5);
    let filled = start()
        .fill(Fill::new().sort(Order.id.asc()).linear(Order.tip).last(Order.tags).value(Order.note, "$none"))
        .sort(Order.id.asc())
        .project((Order.tip.expr().to_double(), Order.note, Order.tags.expr().is_null()));
    check(
        &all,
        filled,
        vec![
            doc! { "$fill": { "sortBy": { "_id": 1 }, "output": {
                "tip": { "method": "linear" }, "tags": { "method": "locf" },
                "note": { "value": { "$literal": "$none" } },
            } } },
            doc! { "$sort": { "_id": 1 } },
            doc! { "$project": { "_0": { "$toDouble": "$tip" }, "_1": "$note", "_2": { "$lte": ["$tags", Bson::Null] }, "_id": 0 } },
        ],
        [(Some(5.0), "$none", true), (Some(5.0 + 2.0 / 3.0), "$none", true), (Some(5.0 + 4.0 / 3.0), "$none", false), (Some(7.0), "n", false), (None, "$none", false)]
            .map(|(tip, note, tags)| (tip, Some(note.to_owned()), tags))
            .into(),
    )
    .await;
    Ok(())
}

// covers: T10
#[odmium::test]
async fn the_nearest_first(db: Database) -> odmium::Result<()> {
    let shops = db.collection::<Shop>();
    shops.sync_indexes().await?;
    let shop = |id, longitude| Shop { id, place: [longitude, 0.0] };
    shops.insert_many([shop(1, 0.03), shop(2, 0.01), shop(3, 0.02), shop(4, 5.0)]).await?;
    let near = GeoNear::new(Shop.place, Near::to([0.0, 0.0]).max_distance_m(5000.0)).filter(Shop.id.ne(3));
    let near = Pipeline::<Shop>::new()
        .geo_near(near)
        .with_fields(|rows, (_, distance)| rows.filter(distance.gt(1.0)));
    assert_eq!(
        near.to_stages()?,
        [
            doc! { "$geoNear": {
                "near": { "type": "Point", "coordinates": [0.0, 0.0] }, "maxDistance": 5000.0, "key": "place",
                "spherical": true, "query": { "_id": { "$ne": 3 } }, "distanceField": "__1",
            } },
            doc! { "$replaceWith": { "_0": "$$ROOT", "_1": "$__1" } },
            doc! { "$unset": ["_0.__1"] },
            doc! { "$match": { "_1": { "$gt": 1.0 } } },
        ],
    );
    let found = shops.aggregate().then(near).await?;
    assert_eq!(
        found.iter().map(|(shop, metres)| (shop.id, metres.round())).collect::<Vec<_>>(),
        [(2, 1113.0), (1, 3340.0)]
    );
    Ok(())
}

// covers: T10
#[odmium::test]
async fn documents_without_a_collection(db: Database) -> odmium::Result<()> {
    let slots = [1, 2].map(|id| Slot { city: "$Rome".into(), total: id, id: Some(id) });
    let pipeline = Pipeline::documents(&slots).filter(Slot.total.gt(1));
    assert_eq!(
        pipeline.to_stages()?[0],
        doc! { "$documents": { "$literal": [
            { "_id": 1, "city": "$Rome", "total": 1 }, { "_id": 2, "city": "$Rome", "total": 2 },
        ] } },
    );
    assert_eq!(db.aggregate(pipeline).await?, slots[1..]);
    let admin = Database::from(db.inner().client().database("admin"));
    let operations = admin.aggregate(Pipeline::current_op(doc! { "localOps": true })).await?;
    assert!(operations.iter().any(|operation| operation.contains_key("opid")));
    Ok(())
}

// covers: T10
#[odmium::test]
async fn what_a_pipeline_gives_is_written(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let stats = || {
        start().group_by(Order.city, |g| CityStatsGroup {
            orders: g.count(),
            total: g.sum(Order.total),
            avg_tip: g.avg(Order.tip),
        })
    };
    let stored = db.collection::<CityStats>();
    let totals = async || -> odmium::Result<Vec<(String, i64)>> {
        stored
            .find(Filter::everything())
            .sort(CityStats.city.asc())
            .select((CityStats.city, CityStats.total))
            .await
    };
    let expected = |totals: [i64; 3]| {
        ["Bern", "Oslo", "Rome"].map(str::to_owned).into_iter().zip(totals).collect::<Vec<_>>()
    };
    let out = stats().out();
    assert_eq!(out.to_stages()?[1], doc! { "$out": "city_stats" });
    all.aggregate().then_write(out).await?;
    assert_eq!(totals().await?, expected([50, 70, 30]));
    assert_eq!(start().out_to("x").to_stages()?, [doc! { "$out": "x" }]);

    let new = variable::<CityStats, CityStats>("new");
    let add = UpdatePipeline::new().set(CityStats.total, CityStats.total + new.get(CityStats.total));
    let cases = [
        (Merge::new(), doc! { "whenMatched": "merge", "whenNotMatched": "insert" }, [50, 70, 30]),
        (
            Merge::new().when_matched(WhenMatched::KeepExisting).when_not_matched(WhenNotMatched::Insert),
            doc! { "whenMatched": "keepExisting", "whenNotMatched": "insert" },
            [50, 70, 30],
        ),
        (
            Merge::new().when_not_matched(WhenNotMatched::Discard),
            doc! { "whenMatched": "merge", "whenNotMatched": "discard" },
            [50, 70, 30],
        ),
        (
            Merge::new().on(CityStats.city).when_matched(WhenMatched::Replace),
            doc! { "on": ["_id"], "whenMatched": "replace", "whenNotMatched": "insert" },
            [50, 70, 30],
        ),
        (
            Merge::new().when_matched_update(add),
            doc! {
                "whenMatched": [{ "$set": { "total": { "$add": ["$total", "$$new.total"] } } }],
                "whenNotMatched": "insert",
            },
            [100, 140, 60],
        ),
    ];
    for (merge, options, sums) in cases {
        let pipeline = stats().merge(merge);
        let mut stage = doc! { "into": "city_stats" };
        stage.extend(options);
        assert_eq!(pipeline.to_stages()?[1], doc! { "$merge": stage });
        all.aggregate().then_write(pipeline).await?;
        assert_eq!(totals().await?, expected(sums));
    }
    let fail = Merge::new().when_matched(WhenMatched::Fail);
    assert!(all.aggregate().then_write(stats().merge(fail)).await.unwrap_err().is_duplicate_key());
    Ok(())
}
