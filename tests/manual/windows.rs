//! `$setWindowFields`.

use odmium::{
    Collection, Database,
    bson::{DateTime, Document, doc},
    expr::TimeUnit,
    pipeline::{Bound, Pipeline},
    prelude::*,
};

use super::compare::{date, filled, same};

#[derive(Document, Debug)]
#[document(collection = "cakeSales", rename_all = "camelCase")]
struct CakeSale {
    id: i32,
    r#type: String,
    order_date: DateTime,
    state: String,
    price: i32,
    quantity: i32,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct OfState {
    #[field(flatten)]
    sale: CakeSale,
    cumulative_quantity_for_state: i64,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct OfYear {
    #[field(flatten)]
    sale: CakeSale,
    cumulative_quantity_for_year: i64,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct MostOfYear {
    #[field(flatten)]
    sale: CakeSale,
    cumulative_quantity_for_year: i64,
    maximum_quantity_for_year: Option<i32>,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct Average {
    #[field(flatten)]
    sale: CakeSale,
    average_quantity: Option<f64>,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct Similar {
    #[field(flatten)]
    sale: CakeSale,
    quantity_from_similar_orders: i64,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct Recent {
    #[field(flatten)]
    sale: CakeSale,
    recent_orders: Vec<DateTime>,
}

async fn sales(db: &Database) -> Collection<CakeSale> {
    let sale = |id: i32, kind: &str, at: &str, state: &str, price: i32, quantity: i32| {
        doc! { "_id": id, "type": kind, "orderDate": date(at), "state": state, "price": price, "quantity": quantity }
    };
    let all = [
        sale(0, "chocolate", "2020-05-18T14:10:30Z", "CA", 13, 120),
        sale(1, "chocolate", "2021-03-20T11:30:05Z", "WA", 14, 140),
        sale(2, "vanilla", "2021-01-11T06:31:15Z", "CA", 12, 145),
        sale(3, "vanilla", "2020-02-08T13:13:23Z", "WA", 13, 104),
        sale(4, "strawberry", "2019-05-18T16:09:01Z", "CA", 41, 162),
        sale(5, "strawberry", "2019-01-08T06:12:03Z", "WA", 43, 134),
    ];
    filled(db, all).await
}

fn page(partition: Document, sort: &str, output: Document) -> Vec<Document> {
    let mut stage = partition;
    stage.insert("sortBy", doc! { sort: 1 });
    stage.insert("output", output);
    vec![doc! { "$setWindowFields": stage }]
}

fn by_state() -> Document {
    doc! { "partitionBy": "$state" }
}

fn by_year() -> Document {
    doc! { "partitionBy": { "$year": "$orderDate" } }
}

// covers: T10
#[odmium::test]
async fn documents_window_cumulative_quantity_for_each_state(db: Database) {
    let sales = sales(&db).await;
    let typed =
        Pipeline::new().set_window_fields_by(CakeSale.state, CakeSale.order_date.asc(), |w| OfStateGroup {
            cumulative_quantity_for_state: w
                .documents(Bound::Unbounded, Bound::Current)
                .sum(CakeSale.quantity),
        });
    let sum = doc! { "$sum": "$quantity", "window": { "documents": ["unbounded", "current"] } };
    let page = page(by_state(), "orderDate", doc! { "cumulativeQuantityForState": sum });
    let found = same(&sales, typed, page).await;
    let sums: Vec<_> = found.iter().map(|row| (row.sale.id, row.cumulative_quantity_for_state)).collect();
    assert_eq!(sums, [(4, 162), (0, 282), (2, 427), (5, 134), (3, 238), (1, 378)]);
}

// covers: T10
#[odmium::test]
async fn documents_window_cumulative_quantity_for_each_year(db: Database) {
    let sales = sales(&db).await;
    let year = CakeSale.order_date.expr().year();
    let typed = Pipeline::new().set_window_fields_by(year, CakeSale.order_date.asc(), |w| OfYearGroup {
        cumulative_quantity_for_year: w.documents(Bound::Unbounded, Bound::Current).sum(CakeSale.quantity),
    });
    let sum = doc! { "$sum": "$quantity", "window": { "documents": ["unbounded", "current"] } };
    let page = page(by_year(), "orderDate", doc! { "cumulativeQuantityForYear": sum });
    let found = same(&sales, typed, page).await;
    let sums: Vec<_> = found.iter().map(|row| row.cumulative_quantity_for_year).collect();
    assert_eq!(sums, [134, 296, 104, 224, 145, 285]);
}

// covers: T10
#[odmium::test]
async fn documents_window_moving_average_quantity_for_each_year(db: Database) {
    let sales = sales(&db).await;
    let year = CakeSale.order_date.expr().year();
    let typed = Pipeline::new().set_window_fields_by(year, CakeSale.order_date.asc(), |w| AverageGroup {
        average_quantity: w.documents(-1, 0).avg(CakeSale.quantity),
    });
    let average = doc! { "$avg": "$quantity", "window": { "documents": [-1, 0] } };
    let found = same(&sales, typed, page(by_year(), "orderDate", doc! { "averageQuantity": average })).await;
    let averages: Vec<_> = found.iter().filter_map(|row| row.average_quantity).collect();
    assert_eq!(averages, [134.0, 148.0, 104.0, 112.0, 145.0, 142.5]);
}

// covers: T10
#[odmium::test]
async fn documents_window_cumulative_and_maximum_quantity_for_each_year(db: Database) {
    let sales = sales(&db).await;
    let year = CakeSale.order_date.expr().year();
    let typed = Pipeline::new().set_window_fields_by(year, CakeSale.order_date.asc(), |w| MostOfYearGroup {
        cumulative_quantity_for_year: w.documents(Bound::Unbounded, Bound::Current).sum(CakeSale.quantity),
        maximum_quantity_for_year: w.documents(Bound::Unbounded, Bound::Unbounded).max(CakeSale.quantity),
    });
    let page = page(
        by_year(),
        "orderDate",
        doc! {
            "cumulativeQuantityForYear": { "$sum": "$quantity", "window": { "documents": ["unbounded", "current"] } },
            "maximumQuantityForYear": { "$max": "$quantity", "window": { "documents": ["unbounded", "unbounded"] } },
        },
    );
    let found = same(&sales, typed, page).await;
    let most: Vec<_> = found.iter().filter_map(|row| row.maximum_quantity_for_year).collect();
    assert_eq!((most, found[1].cumulative_quantity_for_year), (vec![162, 162, 120, 120, 145, 145], 296));
}

// covers: T10
#[odmium::test]
async fn range_window(db: Database) {
    let sales = sales(&db).await;
    let typed = Pipeline::new().set_window_fields_by(CakeSale.state, CakeSale.price.asc(), |w| {
        SimilarGroup { quantity_from_similar_orders: w.range(-10, 10).sum(CakeSale.quantity) }
    });
    let sum = doc! { "$sum": "$quantity", "window": { "range": [-10, 10] } };
    let found =
        same(&sales, typed, page(by_state(), "price", doc! { "quantityFromSimilarOrders": sum })).await;
    let sums: Vec<_> = found.iter().map(|row| row.quantity_from_similar_orders).collect();
    assert_eq!(sums, [265, 265, 162, 244, 244, 134]);
}

// covers: T10
#[odmium::test]
async fn time_range_window_with_a_positive_upper_bound(db: Database) {
    let sales = sales(&db).await;
    let typed =
        Pipeline::new().set_window_fields_by(CakeSale.state, CakeSale.order_date.asc(), |w| RecentGroup {
            recent_orders: w.range_by(TimeUnit::Month, Bound::Unbounded, 10).push(CakeSale.order_date),
        });
    let push = doc! { "$push": "$orderDate", "window": { "range": ["unbounded", 10], "unit": "month" } };
    let found = same(&sales, typed, page(by_state(), "orderDate", doc! { "recentOrders": push })).await;
    assert_eq!(found.iter().map(|row| row.recent_orders.len()).collect::<Vec<_>>(), [1, 3, 3, 1, 2, 3]);
}

// covers: T10
#[odmium::test]
async fn time_range_window_with_a_negative_upper_bound(db: Database) {
    let sales = sales(&db).await;
    let typed =
        Pipeline::new().set_window_fields_by(CakeSale.state, CakeSale.order_date.asc(), |w| RecentGroup {
            recent_orders: w.range_by(TimeUnit::Month, Bound::Unbounded, -10).push(CakeSale.order_date),
        });
    let push = doc! { "$push": "$orderDate", "window": { "range": ["unbounded", -10], "unit": "month" } };
    let found = same(&sales, typed, page(by_state(), "orderDate", doc! { "recentOrders": push })).await;
    assert_eq!(found.iter().map(|row| row.recent_orders.len()).collect::<Vec<_>>(), [0, 1, 1, 0, 1, 2]);
}
