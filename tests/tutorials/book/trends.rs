//! Faceted classification, largest graph network, incremental analytics.

use odmium::{
    Collection, Database,
    bson::{Bson, Decimal128, doc},
    expr::{TimeUnit, document},
    pipeline::{Granularity, GraphLookup, Merge, WhenMatched},
    prelude::*,
};

use super::decimal;
use crate::support::{date, numbered, page, run, same, same_order};

// covers: T10
#[odmium::test]
async fn faceted_classification(db: Database) {
    #[derive(Document)]
    #[document(collection = "products")]
    struct Product {
        id: i32,
        name: String,
        price: Decimal128,
        rating: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Range {
        min: Decimal128,
        max: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct PriceFacet {
        count: i64,
        products: Vec<String>,
        price_range: Range,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct RatingFacet {
        count: i64,
        products: Vec<String>,
        rating_range: Range,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Facets {
        by_price: Vec<PriceFacet>,
        by_rating: Vec<RatingFacet>,
    }

    let product = |(name, price, rating): (&str, &str, &str)| {
        doc! { "name": name, "price": decimal(price), "rating": decimal(rating) }
    };
    let samples = [
        ("Asus Laptop", "431.43", "4.2"),
        ("The Day Of The Triffids", "5.01", "4.8"),
        ("Food Mixer", "63.13", "3.8"),
        ("Hose Set", "22.13", "4.3"),
        ("Coffee Table", "22.13", "3.8"),
        ("Lenovo Laptop", "1299.99", "4.1"),
        ("Ivan Denisovich", "4.29", "4.9"),
        ("Chrome Kettle", "15.76", "3.9"),
        ("Gold Chain", "582.22", "4.0"),
        ("Racer", "523.00", "4.5"),
        ("Jeans", "129.89", "4.3"),
        ("Silk Scarf", "28.39", "3.7"),
        ("Dell Laptop", "1399.89", "4.4"),
        ("Baseball Cap", "18.99", "4.0"),
        ("Flower Pots", "9.78", "4.1"),
        ("Pencil Sharpener", "0.67", "1.2"),
    ];
    let products = page::<Product>(&db, numbered(samples.map(product))).await;
    let by_price = Pipeline::new()
        .bucket_auto_round(Product.price, 3, Granularity::OneTwoFive, |g| (g.count(), g.push(Product.name)))
        .with_fields(|rows, (range, count, products)| {
            rows.project(PriceFacetShape {
                count: count.expr(),
                products: products.expr(),
                price_range: document(RangeShape { min: range.0.expr(), max: range.1.expr() }),
            })
        });
    let by_rating = Pipeline::new()
        .bucket_auto(Product.rating, 5, |g| (g.count(), g.push(Product.name)))
        .with_fields(|rows, (range, count, products)| {
            rows.project(RatingFacetShape {
                count: count.expr(),
                products: products.expr(),
                rating_range: document(RangeShape { min: range.0.expr(), max: range.1.expr() }),
            })
        });
    let typed = Pipeline::new().facet((by_price, by_rating)).with_fields(|rows, (by_price, by_rating)| {
        rows.project(FacetsShape { by_price: by_price.expr(), by_rating: by_rating.expr() })
    });
    let output = doc! { "count": { "$sum": 1 }, "products": { "$push": "$name" } };
    let raw = [doc! { "$facet": {
        "by_price": [
            { "$bucketAuto": {
                "groupBy": "$price", "buckets": 3, "granularity": "1-2-5", "output": &output,
            } },
            { "$set": { "price_range": "$_id" } },
            { "$unset": ["_id"] },
        ],
        "by_rating": [
            { "$bucketAuto": { "groupBy": "$rating", "buckets": 5, "output": output } },
            { "$set": { "rating_range": "$_id" } },
            { "$unset": ["_id"] },
        ],
    } }];
    let found = same(&products, typed, raw).await;
    let cheap = &found[0].by_price[0];
    assert_eq!((cheap.count, &*cheap.products[0]), (6, "Pencil Sharpener"));
    assert_eq!(cheap.price_range.max.to_string().parse::<f64>().unwrap(), 20.0);
    assert_eq!(found[0].by_rating[0].rating_range.min, decimal("1.2"));
}

// covers: T10
#[odmium::test]
async fn largest_graph_network(db: Database) {
    #[derive(Document)]
    #[document(collection = "users")]
    struct User {
        id: i32,
        name: String,
        followed_by: Vec<String>,
        depth: Option<i64>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Network {
        name: String,
        network_reach: i32,
        extended_connections: Vec<String>,
    }

    let user = |(name, followed_by): (&str, &[&str])| doc! { "name": name, "followed_by": followed_by };
    let samples: [(&str, &[&str]); 10] = [
        ("Paul", &[]),
        ("Toni", &["Paul"]),
        ("Janet", &["Paul", "Toni"]),
        ("David", &["Janet", "Paul", "Toni"]),
        ("Fiona", &["David", "Paul"]),
        ("Bob", &["Janet"]),
        ("Carl", &["Fiona"]),
        ("Sarah", &["Carl", "Paul"]),
        ("Carol", &["Helen", "Sarah"]),
        ("Helen", &["Paul"]),
    ];
    let users = page::<User>(&db, numbered(samples.map(user))).await;
    let graph = GraphLookup::new(User.followed_by, User.name).depth_field(User.depth);
    // The names in an order, as the server finds the documents in none.
    let typed = Pipeline::new().graph_lookup(User.followed_by, graph).with_fields(|rows, (user, network)| {
        rows.project(NetworkShape {
            name: user.name.expr(),
            network_reach: network.expr().size(),
            extended_connections: network.expr().map(|connection| connection.get(User.name)).sort(),
        })
        .sort((Network.network_reach.desc(), Network.name.asc()))
    });
    let names =
        doc! { "$map": { "input": "$extended_network", "as": "connection", "in": "$$connection.name" } };
    let raw = [
        doc! { "$graphLookup": {
            "from": "users",
            "startWith": "$followed_by",
            "connectFromField": "followed_by",
            "connectToField": "name",
            "depthField": "depth",
            "as": "extended_network",
        } },
        doc! { "$set": {
            "network_reach": { "$size": "$extended_network" },
            "extended_connections": { "$sortArray": { "input": names, "sortBy": 1 } },
        } },
        doc! { "$unset": ["_id", "followed_by", "extended_network"] },
        doc! { "$sort": { "network_reach": -1, "name": 1 } },
    ];
    let found = same_order(&users, typed, raw).await;
    assert_eq!((&*found[0].name, found[0].network_reach), ("Carol", 8));
}

// covers: T10
#[odmium::test]
async fn incremental_analytics(db: Database) -> odmium::Result<()> {
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        orderdate: DateTime,
        value: Decimal128,
    }
    #[derive(Document, Debug, PartialEq)]
    #[document(collection = "daily_orders_summary", shape)]
    struct Summary {
        #[field(rename = "_id")]
        day: DateTime,
        total_value: Decimal128,
        total_orders: i64,
    }

    let order = |at: &str, value: &str| doc! { "orderdate": date(at), "value": decimal(value) };
    let orders = page::<Order>(
        &db,
        numbered([
            order("2021-02-01T08:35:52Z", "231.43"),
            order("2021-02-01T09:32:07Z", "99.99"),
            order("2021-02-01T08:25:37Z", "63.13"),
            order("2021-02-02T23:04:48Z", "4.59"),
            order("2021-02-02T08:55:46Z", "48.50"),
        ]),
    )
    .await;
    let raw = |start: DateTime, end: DateTime| {
        vec![
            doc! { "$match": { "orderdate": { "$gte": start, "$lt": end } } },
            doc! { "$group": {
                "_id": null,
                "date_parts": { "$first": { "$dateToParts": { "date": "$orderdate" } } },
                "total_value": { "$sum": "$value" },
                "total_orders": { "$sum": 1 },
            } },
            doc! { "$set": { "_id": { "$dateFromParts": {
                "year": "$date_parts.year", "month": "$date_parts.month", "day": "$date_parts.day",
            } } } },
            doc! { "$unset": ["date_parts"] },
            doc! { "$merge": {
                "into": "raw_summary", "on": "_id", "whenMatched": "replace", "whenNotMatched": "insert",
            } },
        ]
    };
    // The day of a date is one operator.
    let typed = |start: DateTime, end: DateTime| {
        Pipeline::new()
            .filter(Order.orderdate.gte(start) & Order.orderdate.lt(end))
            .group_by(Order.orderdate.expr().date_trunc(TimeUnit::Day), |g| (g.sum(Order.value), g.count()))
            .with_fields(|rows, (day, value, orders)| {
                rows.project(SummaryShape {
                    day: day.expr(),
                    total_value: value.expr(),
                    total_orders: orders.expr(),
                })
            })
            .merge(Merge::new().when_matched(WhenMatched::Replace))
    };
    let days = ["2021-02-01", "2021-02-02", "2021-02-03"].map(|day| date(&format!("{day}T00:00:00Z")));
    for day in days.windows(2) {
        orders.aggregate().then_write(typed(day[0], day[1])).await?;
        run(&orders, raw(day[0], day[1])).await;
    }
    // A day is computed again once an order has come late.
    let late = doc! { "_id": 9, "orderdate": date("2021-02-01T09:32:07Z"), "value": decimal("11111.11") };
    orders.inner().clone_with_type().insert_one(late).await?;
    orders.aggregate().then_write(typed(days[0], days[1])).await?;
    run(&orders, raw(days[0], days[1])).await;

    let summaries: Collection<Summary> = db.collection();
    let ours: Vec<Bson> = run(&summaries, vec![doc! { "$sort": { "_id": 1 } }]).await;
    let theirs = db.inner().collection("raw_summary");
    let theirs: Vec<Bson> = theirs.find(doc! {}).sort(doc! { "_id": 1 }).await?.try_collect().await?;
    assert_eq!(ours, theirs);
    let found = summaries.find(Filter::everything()).sort(Summary.day.asc()).await?;
    assert_eq!(found[0], Summary { day: days[0], total_value: decimal("11505.66"), total_orders: 4 });
    assert_eq!(found[1].total_orders, 2);
    Ok(())
}
