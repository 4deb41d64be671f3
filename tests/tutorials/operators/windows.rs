//! The manual's pages on window functions.

use std::fmt::Debug;

use odmium::{
    Collection, Database,
    bson::{Document as Bag, doc},
    codec::{DecodeOwned, Encode},
    expr::TimeUnit,
    pipeline::{Acc, Bound, Window},
    prelude::*,
    sort::SortKey,
};

use crate::support::{date, numbered, page, same_order, same_values};

#[derive(Document, Debug)]
#[document(collection = "cakeSales", rename_all = "camelCase")]
struct Cake {
    id: i32,
    order_date: DateTime,
    state: String,
    price: f64,
    quantity: i32,
}

async fn cakes(db: &Database) -> Collection<Cake> {
    let cake = |(at, state, price, quantity): (&str, &str, f64, i32)| {
        doc! { "orderDate": date(at), "state": state, "price": price, "quantity": quantity }
    };
    let samples = [
        ("2020-05-18T14:10:30Z", "CA", 13.0, 120),
        ("2021-03-20T11:30:05Z", "WA", 14.0, 140),
        ("2021-01-11T06:31:15Z", "CA", 12.0, 145),
        ("2020-02-08T13:13:23Z", "WA", 13.0, 104),
        ("2019-05-18T16:09:01Z", "CA", 41.0, 162),
        ("2019-01-08T06:12:03Z", "WA", 43.0, 134),
    ];
    page(db, numbered(samples.map(cake))).await
}

/// The function of each sale, in the order of the ids, beside the page's; partitions are the states.
async fn windowed<T>(
    cakes: &Collection<Cake>,
    order: (SortKey<Cake>, Bag),
    function: impl FnOnce(&Window<Cake>) -> Acc<Cake, T>,
    raw: Bag,
) -> Vec<T>
where
    T: DecodeOwned + Encode + Debug + PartialEq + Send + 'static,
{
    let typed = Pipeline::new()
        .set_window_fields_by(Cake.state, order.0, |w| (function(&w),))
        .with_fields(|rows, (cake, value)| rows.sort(cake.id.asc()).project((cake.id, value)));
    let raw = [
        doc! { "$setWindowFields": {
            "partitionBy": "$state", "sortBy": order.1, "output": { "_1": raw },
        } },
        doc! { "$sort": { "_id": 1 } },
        doc! { "$project": { "_id": 0, "_0": "$_id", "_1": 1 } },
    ];
    same_values(cakes, typed, raw).await.into_iter().map(|(_, value): (i32, T)| value).collect()
}

fn by_date() -> (SortKey<Cake>, Bag) {
    (Cake.order_date.asc(), doc! { "orderDate": 1 })
}

fn by_quantity() -> (SortKey<Cake>, Bag) {
    (Cake.quantity.desc(), doc! { "quantity": -1 })
}

// covers: T10
#[odmium::test]
async fn ranks_and_numbers(db: Database) {
    let cakes = cakes(&db).await;
    let found = windowed(&cakes, by_quantity(), |w| w.rank(), doc! { "$rank": {} }).await;
    assert_eq!(found, [3, 1, 2, 3, 1, 2]);
    let found = windowed(&cakes, by_quantity(), |w| w.dense_rank(), doc! { "$denseRank": {} }).await;
    assert_eq!(found, [3, 1, 2, 3, 1, 2]);
    let found =
        windowed(&cakes, by_quantity(), |w| w.document_number(), doc! { "$documentNumber": {} }).await;
    assert_eq!(found, [3, 1, 2, 3, 1, 2]);
}

// covers: T10
#[odmium::test]
async fn shift_by_one(db: Database) {
    let cakes = cakes(&db).await;
    let raw = doc! { "$shift": { "output": "$quantity", "by": 1, "default": -1 } };
    let found = windowed(&cakes, by_quantity(), |w| w.shift_or(Cake.quantity, 1, -1), raw).await;
    assert_eq!(found, [-1, 134, 120, -1, 145, 104]);
    let raw = doc! { "$shift": { "output": "$quantity", "by": -1 } };
    let found = windowed(&cakes, by_quantity(), |w| w.shift(Cake.quantity, -1), raw).await;
    assert_eq!(found, [Some(145), None, Some(162), Some(134), None, Some(140)]);
}

// covers: T10
#[odmium::test]
async fn accumulators_up_to_the_current_document(db: Database) {
    let cakes = cakes(&db).await;
    let so_far = |w: &Window<Cake>| w.documents(Bound::Unbounded, Bound::Current);
    let raw = |op: &str| {
        doc! { op: "$quantity", "window": { "documents": ["unbounded", "current"] } }
    };
    let found = windowed(&cakes, by_date(), |w| so_far(w).sum(Cake.quantity), raw("$sum")).await;
    assert_eq!(found, [282, 378, 427, 238, 162, 134]);
    let found = windowed(&cakes, by_date(), |w| so_far(w).avg(Cake.quantity), raw("$avg")).await;
    assert_eq!(found[0], Some(141.0));
    let found = windowed(&cakes, by_date(), |w| so_far(w).max(Cake.quantity), raw("$max")).await;
    assert_eq!(found[2], Some(162));
    let found = windowed(&cakes, by_date(), |w| so_far(w).min(Cake.quantity), raw("$min")).await;
    assert_eq!(found[2], Some(120));
    let found = windowed(&cakes, by_date(), |w| so_far(w).push(Cake.quantity), raw("$push")).await;
    assert_eq!(found[2], [162, 120, 145]);
    let found =
        windowed(&cakes, by_date(), |w| so_far(w).std_dev_pop(Cake.quantity), raw("$stdDevPop")).await;
    assert_eq!(found[0], Some(21.0));
    let found = windowed(&cakes, by_date(), |w| so_far(w).first(Cake.quantity), raw("$first")).await;
    assert_eq!(found[1], Some(134));
    let found = windowed(&cakes, by_date(), |w| so_far(w).last(Cake.quantity), raw("$last")).await;
    assert_eq!(found[1], Some(140));
    let found = windowed(
        &cakes,
        by_date(),
        |w| so_far(w).count(),
        doc! {
            "$sum": 1, "window": { "documents": ["unbounded", "current"] },
        },
    );
    assert_eq!(found.await, [2, 3, 3, 2, 1, 1]);
    let raw = |op: &str| {
        let year = doc! { "$year": "$orderDate" };
        doc! { op: [year, "$quantity"], "window": { "documents": ["unbounded", "current"] } }
    };
    let year = || Cake.order_date.expr().year();
    let found = windowed(
        &cakes,
        by_date(),
        |w| so_far(w).covariance_pop(year(), Cake.quantity),
        raw("$covariancePop"),
    );
    assert_eq!(found.await[..1], [Some(-10.5)]);
    let found = windowed(
        &cakes,
        by_date(),
        |w| so_far(w).covariance_samp(year(), Cake.quantity),
        raw("$covarianceSamp"),
    );
    assert_eq!(found.await[..1], [Some(-21.0)]);
}

// covers: T10
#[odmium::test]
async fn exponential_moving_average(db: Database) {
    let cakes = cakes(&db).await;
    let raw = doc! { "$expMovingAvg": { "input": "$price", "N": 2 } };
    let found = windowed(&cakes, by_date(), |w| w.exp_moving_avg(Cake.price, 2), raw).await;
    assert!((found[0].unwrap() - (13.0 * 2.0 / 3.0 + 41.0 / 3.0)).abs() < 1e-9);
    let raw = doc! { "$expMovingAvg": { "input": "$price", "alpha": 0.75 } };
    let found = windowed(&cakes, by_date(), |w| w.exp_moving_avg_alpha(Cake.price, 0.75), raw).await;
    assert_eq!(found[0], Some(20.0));
}

#[derive(Document, Debug)]
#[document(collection = "readings", rename_all = "camelCase")]
struct Reading {
    id: i32,
    device: String,
    time_stamp: DateTime,
    value: f64,
}

async fn readings(db: &Database, samples: [(&str, &str, f64); 8]) -> Collection<Reading> {
    let reading = |(device, time, value): (&str, &str, f64)| {
        doc! { "device": device, "timeStamp": date(&format!("2020-05-18T14:{time}Z")), "value": value }
    };
    page(db, numbered(samples.map(reading))).await
}

// covers: T10
#[odmium::test]
async fn derivative_finds_trucks_over_the_limit(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct Truck {
        #[field(flatten)]
        reading: Reading,
        truck_average_speed: Option<f64>,
    }
    let miles = [
        ("1", "10:30", 1295.1),
        ("1", "11:00", 1295.63),
        ("1", "11:30", 1296.25),
        ("1", "12:00", 1296.76),
        ("2", "10:30", 10234.1),
        ("2", "11:00", 10234.33),
        ("2", "11:30", 10234.73),
        ("2", "12:00", 10235.13),
    ];
    let fleet = readings(&db, miles).await;
    let typed = Pipeline::new()
        .set_window_fields_by(Reading.device, Reading.time_stamp.asc(), |w| TruckGroup {
            truck_average_speed: w
                .range_by(TimeUnit::Second, -30, 0)
                .derivative_by(Reading.value, TimeUnit::Hour),
        })
        .filter(Truck.truck_average_speed.gt(50.0))
        .sort(Truck.reading.id.asc());
    let raw = [
        doc! { "$setWindowFields": {
            "partitionBy": "$device",
            "sortBy": { "timeStamp": 1 },
            "output": { "truckAverageSpeed": {
                "$derivative": { "input": "$value", "unit": "hour" },
                "window": { "range": [-30, 0], "unit": "second" },
            } },
        } },
        doc! { "$match": { "truckAverageSpeed": { "$gt": 50 } } },
        doc! { "$sort": { "_id": 1 } },
    ];
    let found = same_order(&fleet, typed, raw).await;
    let speeds: Vec<_> = found.iter().map(|it| it.truck_average_speed.unwrap().round()).collect();
    assert_eq!(speeds, [64.0, 74.0, 61.0]);
}

// covers: T10
#[odmium::test]
async fn integral_of_power(db: Database) {
    let kilowatts = [
        ("1", "10:30", 2.95),
        ("1", "11:00", 2.7),
        ("1", "11:30", 2.6),
        ("1", "12:00", 2.98),
        ("2", "10:30", 2.5),
        ("2", "11:00", 2.25),
        ("2", "11:30", 2.75),
        ("2", "12:00", 2.82),
    ];
    let meters = readings(&db, kilowatts).await;
    let typed = Pipeline::new()
        .set_window_fields_by(Reading.device, Reading.time_stamp.asc(), |w| {
            let so_far = w.range_by(TimeUnit::Hour, Bound::Unbounded, Bound::Current);
            (so_far.integral_by(Reading.value, TimeUnit::Hour),)
        })
        .with_fields(|rows, (reading, hours)| rows.sort(reading.id.asc()).project((reading.id, hours)));
    let raw = [
        doc! { "$setWindowFields": {
            "partitionBy": "$device",
            "sortBy": { "timeStamp": 1 },
            "output": { "_1": {
                "$integral": { "input": "$value", "unit": "hour" },
                "window": { "range": ["unbounded", "current"], "unit": "hour" },
            } },
        } },
        doc! { "$sort": { "_id": 1 } },
        doc! { "$project": { "_id": 0, "_0": "$_id", "_1": 1 } },
    ];
    let found: Vec<(i32, Option<f64>)> = same_values(&meters, typed, raw).await;
    assert!((found[3].1.unwrap() - 0.068875).abs() < 1e-9, "{found:?}");
}

// covers: T10
#[odmium::test]
async fn linear_fill_and_locf_of_a_stock(db: Database) {
    #[derive(Document, Debug, PartialEq)]
    #[document(collection = "stock")]
    struct Stock {
        id: i32,
        time: DateTime,
        price: Option<i32>,
    }
    #[derive(Embedded, Debug, PartialEq)]
    #[document(group, rename_all = "camelCase")]
    struct Filled {
        #[field(flatten)]
        stock: Stock,
        linear_fill_price: Option<f64>,
        locf_price: Option<i32>,
    }
    let prices = [Some(500), None, Some(515), None, None, Some(485)];
    let stock = (9..).zip(prices).map(|(hour, price)| {
        let mut stock = doc! { "time": date(&format!("2021-03-08T{hour:02}:00:00Z")) };
        stock.extend(price.map(|price| ("price".to_owned(), price.into())));
        stock
    });
    let stock = page::<Stock>(&db, numbered(stock)).await;
    let typed = Pipeline::new()
        .set_window_fields(Stock.time.asc(), |w| FilledGroup {
            linear_fill_price: w.linear_fill(Stock.price),
            locf_price: w.locf(Stock.price).flatten(),
        })
        .sort(Filled.stock.id.asc());
    let raw = [
        doc! { "$setWindowFields": {
            "sortBy": { "time": 1 },
            "output": {
                "linearFillPrice": { "$linearFill": "$price" },
                "locfPrice": { "$locf": "$price" },
            },
        } },
        doc! { "$sort": { "_id": 1 } },
    ];
    // The server keeps an integer where the price is one, which is read as a double.
    let found = same_values(&stock, typed, raw).await;
    let linear: Vec<_> = found.iter().map(|it| it.linear_fill_price.unwrap()).collect();
    assert_eq!(linear, [500.0, 507.5, 515.0, 505.0, 495.0, 485.0]);
    let last: Vec<_> = found.iter().map(|it| it.locf_price.unwrap()).collect();
    assert_eq!(last, [500, 500, 515, 515, 515, 485]);
}
