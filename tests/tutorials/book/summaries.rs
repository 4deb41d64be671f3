//! Arrays within their documents: summaries, pivot by a key, sorting and percentiles, grouping.

use odmium::{
    Database,
    bson::{Decimal128, Document as Bag, doc},
    expr,
    prelude::*,
};

use super::decimal;
use crate::support::{date, numbered, page, same};

// covers: T10
#[odmium::test]
async fn summarising_arrays(db: Database) {
    #[derive(Document)]
    #[document(collection = "currency_pair_values")]
    struct Pair {
        id: i32,
        #[field(rename = "currencyPair")]
        pair: String,
        hour_values: Vec<Decimal128>,
    }
    #[derive(Embedded, Debug, PartialEq)]
    #[document(shape)]
    struct Summary {
        open: Option<Decimal128>,
        low: Option<Decimal128>,
        high: Option<Decimal128>,
        close: Option<Decimal128>,
        average: Option<Decimal128>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Daily {
        #[field(rename = "currencyPair")]
        pair: String,
        summary: Summary,
    }

    let pair = |name: &str, values: [&str; 4]| {
        doc! { "currencyPair": name, "hour_values": values.map(decimal).to_vec() }
    };
    let pairs = page::<Pair>(
        &db,
        numbered([
            pair("USD/GBP", ["0.71903411", "0.72741832", "0.71997271", "0.74998835"]),
            pair("EUR/GBP", ["0.86739394", "0.88002736", "0.84647462", "0.84811122"]),
        ]),
    )
    .await;
    let values = || Pair.hour_values.expr();
    let typed = Pipeline::new().project(DailyShape {
        pair: Pair.pair.expr(),
        summary: expr::document(SummaryShape {
            open: values().first(),
            low: values().min(),
            high: values().max(),
            close: values().last(),
            average: values().avg(),
        }),
    });
    let raw = [
        doc! { "$set": {
            "summary.open": { "$first": "$hour_values" },
            "summary.low": { "$min": "$hour_values" },
            "summary.high": { "$max": "$hour_values" },
            "summary.close": { "$last": "$hour_values" },
            "summary.average": { "$avg": "$hour_values" },
        } },
        doc! { "$unset": ["_id", "hour_values"] },
    ];
    let found = same(&pairs, typed, raw).await;
    assert_eq!(found[1].summary.high, Some(decimal("0.88002736")));
    assert_eq!(found[1].summary.close, Some(decimal("0.84811122")));
}

// covers: T10
#[odmium::test]
async fn pivot_array_items_by_a_key(db: Database) {
    #[derive(Document)]
    #[document(collection = "weather_measurements")]
    struct Weather {
        id: i32,
        zone: String,
        readings: Vec<Reading>,
    }
    #[derive(Embedded, Debug, PartialEq)]
    #[document(rename_all = "camelCase")]
    struct Reading {
        device: String,
        temp_celsius: Option<i32>,
        humidity_percent: Option<i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Summary {
        zone: String,
        readings_device_summary: Vec<Reading>,
    }

    let weather = page::<Weather>(
        &db,
        numbered([
            doc! { "zone": "FieldZone-ABCD", "readings": [
                { "device": "Device-123", "tempCelsius": 18 },
                { "device": "Device-789", "humidityPercent": 31 },
                { "device": "Device-123", "humidityPercent": 30 },
                { "device": "Device-123", "tempCelsius": 19 },
            ] },
            doc! { "zone": "FieldZone-EFGH", "readings": [{ "device": "Device-555", "tempCelsius": 22 }] },
        ]),
    )
    .await;
    let devices = Weather.readings.expr().map(|reading| reading.get(Reading.device)).to_set();
    let typed = Pipeline::new().project(SummaryShape {
        zone: Weather.zone.expr(),
        readings_device_summary: devices.map(|device| {
            Weather.readings.expr().filter(|reading| reading.get(Reading.device).eq(device)).merge_all()
        }),
    });
    let raw = [
        doc! { "$set": { "readings_device_summary": { "$map": {
            "input": { "$setUnion": "$readings.device" },
            "as": "device",
            "in": { "$mergeObjects": { "$filter": {
                "input": "$readings",
                "as": "reading",
                "cond": { "$eq": ["$$reading.device", "$$device"] },
            } } },
        } } } },
        doc! { "$unset": ["_id", "readings"] },
    ];
    let found = same(&weather, typed, raw).await;
    let of_first = found[0].readings_device_summary.iter().find(|it| it.device == "Device-123").unwrap();
    assert_eq!((of_first.temp_celsius, of_first.humidity_percent), (Some(19), Some(30)));
}

// covers: T10
#[odmium::test]
async fn array_sorting_and_percentiles(db: Database) {
    #[derive(Document)]
    #[document(collection = "performance_test_results", rename_all = "camelCase")]
    struct TestRun {
        id: i32,
        test_run: i32,
        response_times_millis: Vec<i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape, rename_all = "camelCase")]
    struct Slow {
        test_run: i32,
        sorted_response_times_millis: Vec<i32>,
        median_time_millis: Option<i32>,
        ninetieth_percentile_time_millis: Option<i32>,
    }

    let run = |run: i32, times: &[i32]| doc! { "testRun": run, "responseTimesMillis": times };
    let runs = page::<TestRun>(
        &db,
        numbered([
            run(1, &[62, 97, 59, 104, 97, 71, 62, 115, 82, 87]),
            run(3, &[56, 72, 83, 95, 107, 83, 85]),
            run(4, &[78, 67, 107, 110]),
            run(5, &[75, 91, 75, 87, 99, 88, 55, 72, 99, 102]),
            run(6, &[88, 89]),
            run(7, &[101]),
        ]),
    )
    .await;
    let sorted = || TestRun.response_times_millis.expr().sort();
    let percentile = |percent: f64| {
        sorted().bind(|sorted| {
            let position = (sorted.clone().size() * (percent / 100.0)).ceil() - 1;
            sorted.array_elem_at(position.to_int())
        })
    };
    let typed = Pipeline::new()
        .project(SlowShape {
            test_run: TestRun.test_run.expr(),
            sorted_response_times_millis: sorted(),
            median_time_millis: percentile(50.0),
            ninetieth_percentile_time_millis: percentile(90.0),
        })
        .filter(Slow.ninetieth_percentile_time_millis.gt(100));
    let raw_sorted = doc! { "$sortArray": { "input": "$responseTimesMillis", "sortBy": 1 } };
    let raw_percentile = |percent: i32| {
        doc! { "$let": {
            "vars": { "sortedArray": &raw_sorted },
            "in": { "$arrayElemAt": ["$$sortedArray", { "$subtract": [
                { "$ceil": { "$multiply": [{ "$divide": [percent, 100] }, { "$size": "$$sortedArray" }] } },
                1,
            ] }] },
        } }
    };
    let raw = [
        doc! { "$set": {
            "sortedResponseTimesMillis": &raw_sorted,
            "medianTimeMillis": raw_percentile(50),
            "ninetiethPercentileTimeMillis": raw_percentile(90),
        } },
        doc! { "$match": { "ninetiethPercentileTimeMillis": { "$gt": 100 } } },
        doc! { "$unset": ["_id", "responseTimesMillis"] },
    ];
    let found = same(&runs, typed, raw).await;
    let times = |it: &Slow| (it.test_run, it.median_time_millis, it.ninetieth_percentile_time_millis);
    let found: Vec<_> = found.iter().map(times).collect();
    let expected = [(1, 82, 104), (3, 83, 107), (4, 78, 110), (7, 101, 101)];
    assert_eq!(found, expected.map(|(run, median, ninetieth)| (run, Some(median), Some(ninetieth))));
}

// covers: T10
#[odmium::test]
async fn array_element_grouping(db: Database) {
    #[derive(Document)]
    #[document(collection = "user_rewards")]
    struct User {
        id: i32,
        #[field(rename = "userId")]
        user: i32,
        rewards: Vec<Reward>,
    }
    #[derive(Embedded)]
    struct Reward {
        coin: String,
        amount: i32,
        date: DateTime,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Count {
        coin: String,
        count: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Total {
        coin: String,
        total: i32,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Report {
        #[field(rename = "userId")]
        user: i32,
        counts: Vec<Count>,
        totals: Vec<Total>,
    }

    let reward = |coin: &str, amount: i32| {
        doc! { "coin": coin, "amount": amount, "date": date("2022-11-01T09:25:23Z") }
    };
    let users = page::<User>(
        &db,
        numbered([
            doc! { "userId": 123456789, "rewards": [
                reward("gold", 25), reward("bronze", 100), reward("silver", 50), reward("gold", 10),
                reward("bronze", 75), reward("gold", 50),
            ] },
            doc! { "userId": 888888888, "rewards": [reward("gold", 500), reward("platinum", 5)] },
        ]),
    )
    .await;
    let rewards = || User.rewards.expr();
    let coins = || rewards().map(|reward| reward.get(Reward.coin)).to_set();
    let typed = Pipeline::new().project(ReportShape {
        user: User.user.expr(),
        counts: coins().map(|coin| {
            let of_coin = rewards().filter(|reward| reward.get(Reward.coin).eq(coin.clone()));
            expr::document(CountShape { coin, count: of_coin.size() })
        }),
        totals: coins().map(|coin| {
            let total = rewards().reduce(0, |total, reward| {
                let more = reward.get(Reward.amount) + total.clone();
                reward.get(Reward.coin).eq(coin.clone()).cond(more, total)
            });
            expr::document(TotalShape { coin, total })
        }),
    });
    let each_coin = |body: Bag| {
        let coins = doc! { "$setUnion": { "$map": { "input": "$rewards", "in": "$$this.coin" } } };
        doc! { "$map": { "input": coins, "as": "key", "in": body } }
    };
    let is_coin = doc! { "$eq": ["$$this.coin", "$$key"] };
    let raw = [doc! { "$set": {
        "counts": each_coin(doc! {
            "coin": "$$key",
            "count": { "$size": { "$filter": { "input": "$rewards", "cond": &is_coin } } },
        }),
        "totals": each_coin(doc! { "coin": "$$key", "total": { "$reduce": {
            "input": "$rewards",
            "initialValue": 0,
            "in": { "$cond": {
                "if": is_coin, "then": { "$add": ["$$this.amount", "$$value"] }, "else": "$$value",
            } },
        } } }),
        "_id": "$$REMOVE",
        "rewards": "$$REMOVE",
    } }];
    let found = same(&users, typed, raw).await;
    let gold = found[0].counts.iter().find(|it| it.coin == "gold").unwrap();
    let bronze = found[0].totals.iter().find(|it| it.coin == "bronze").unwrap();
    assert_eq!((gold.count, bronze.total), (3, 175));
}
