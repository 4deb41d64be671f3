//! `$densify`, `$fill`.

use odmium::{
    Database,
    bson::{DateTime, Document, doc},
    expr::TimeUnit,
    pipeline::{Densify, Fill, Pipeline},
    prelude::*,
};

use super::compare::{date, filled, same};

#[derive(Document, Debug)]
#[document(collection = "weather")]
struct Weather {
    id: Id<Weather>,
    metadata: Sensor,
    timestamp: DateTime,
    temp: i32,
}

#[derive(Embedded, Debug)]
#[document(rename_all = "camelCase")]
struct Sensor {
    sensor_id: i32,
    r#type: String,
}

/// What is sure of a reading once there are readings that nobody has taken.
#[derive(Embedded, Debug)]
struct Reading {
    timestamp: DateTime,
    temp: Option<i32>,
}

// covers: T10
#[odmium::test]
async fn densify_time_series_data(db: Database) {
    let reading = |hour: &str, temp: i32| {
        let sensor = doc! { "sensorId": 5578, "type": "temperature" };
        doc! { "metadata": sensor, "timestamp": date(&format!("2021-05-18T{hour}:00:00.000Z")), "temp": temp }
    };
    let weather = [reading("00", 12), reading("04", 11), reading("08", 11), reading("12", 12)];
    let weather = filled::<Weather>(&db, weather).await;
    let (from, to) = (date("2021-05-18T00:00:00.000Z"), date("2021-05-18T08:00:00.000Z"));
    let hours = Densify::dates_in(Weather.timestamp, 1, TimeUnit::Hour, from..to);
    let page = vec![doc! { "$densify": {
        "field": "timestamp", "range": { "step": 1, "unit": "hour", "bounds": [from, to] },
    } }];
    let found: Vec<Reading> = same(&weather, Pipeline::new().densify(hours), page).await;
    assert_eq!(found.len(), 10);
    assert_eq!((found[1].timestamp, found[1].temp), (date("2021-05-18T01:00:00.000Z"), None));
}

#[derive(Document, Debug)]
#[document(collection = "coffee")]
struct Coffee {
    id: Id<Coffee>,
    altitude: i32,
    variety: String,
    score: f64,
    price: Option<i32>,
}

#[derive(Embedded, Debug)]
struct Step {
    variety: String,
    altitude: i32,
    score: Option<f64>,
}

fn coffee() -> Vec<Document> {
    let coffee = |altitude: i32, variety: &str, score: f64| {
        doc! { "altitude": altitude, "variety": variety, "score": score }
    };
    let mut all = vec![
        coffee(600, "Arabica Typica", 68.3),
        coffee(750, "Arabica Typica", 69.5),
        coffee(950, "Arabica Typica", 70.5),
        coffee(1250, "Gesha", 88.15),
        coffee(1700, "Gesha", 95.5),
    ];
    all[4].insert("price", 1029);
    all
}

// covers: T10
#[odmium::test]
async fn densify_the_full_range_of_values_of_partitions(db: Database) {
    let coffee = filled::<Coffee>(&db, coffee()).await;
    let steps = || Densify::numbers(Coffee.altitude, 200.0).partition_by(Coffee.variety);
    let page = |bounds: &str| {
        vec![doc! { "$densify": {
            "field": "altitude", "partitionByFields": ["variety"], "range": { "bounds": bounds, "step": 200 },
        } }]
    };
    let found: Vec<Step> = same(&coffee, Pipeline::new().densify(steps()), page("full")).await;
    assert_eq!(found.iter().filter(|step| step.score.is_none()).count(), 11);
    assert!(found.iter().any(|step| step.variety == "Gesha" && step.altitude == 600));
    let within = Pipeline::new().densify(steps().within_partition());
    let found: Vec<Step> = same(&coffee, within, page("partition")).await;
    assert_eq!(found.iter().filter(|step| step.score.is_none()).count(), 3);
}

#[derive(Document, Debug)]
#[document(collection = "dailySales", rename_all = "camelCase")]
struct DailySales {
    id: Id<DailySales>,
    date: DateTime,
    boots_sold: Option<i32>,
    sandals_sold: Option<i32>,
    sneakers_sold: Option<i32>,
}

// covers: T10
#[odmium::test]
async fn fill_missing_field_values_with_a_constant_value(db: Database) {
    let sales = [
        doc! { "date": date("2022-02-02"), "bootsSold": 10, "sandalsSold": 20, "sneakersSold": 12 },
        doc! { "date": date("2022-02-03"), "bootsSold": 7, "sneakersSold": 18 },
        doc! { "date": date("2022-02-04"), "sneakersSold": 5 },
    ];
    let sales = filled::<DailySales>(&db, sales).await;
    let typed = Pipeline::new().fill(
        Fill::new()
            .value(DailySales.boots_sold, 0)
            .value(DailySales.sandals_sold, 0)
            .value(DailySales.sneakers_sold, 0),
    );
    let page = vec![doc! { "$fill": { "output": {
        "bootsSold": { "value": 0 }, "sandalsSold": { "value": 0 }, "sneakersSold": { "value": 0 },
    } } }];
    let found = same(&sales, typed, page).await;
    assert_eq!(
        (found[2].boots_sold, found[2].sandals_sold, found[2].sneakers_sold),
        (Some(0), Some(0), Some(5))
    );
}

#[derive(Document, Debug)]
#[document(collection = "stock")]
struct Stock {
    id: Id<Stock>,
    time: DateTime,
    price: Option<f64>,
}

// covers: T10
#[odmium::test]
async fn fill_missing_field_values_with_linear_interpolation(db: Database) {
    let prices = [Some(500), None, Some(515), None, None, Some(485)];
    let stock = (9..).zip(prices).map(|(hour, price)| {
        let mut stock = doc! { "time": date(&format!("2021-03-08T{hour:02}:00:00.000Z")) };
        stock.extend(price.map(|price: i32| ("price".to_owned(), price.into())));
        stock
    });
    let stock = filled::<Stock>(&db, stock).await;
    let typed = Pipeline::new().fill(Fill::new().sort(Stock.time.asc()).linear(Stock.price));
    let page =
        vec![doc! { "$fill": { "sortBy": { "time": 1 }, "output": { "price": { "method": "linear" } } } }];
    let found = same(&stock, typed, page).await;
    let prices: Vec<_> = found.iter().filter_map(|stock| stock.price).collect();
    assert_eq!(prices, [500.0, 507.5, 515.0, 505.0, 495.0, 485.0]);
}

#[derive(Document, Debug)]
#[document(collection = "restaurantReviews")]
struct Review {
    id: Id<Review>,
    date: DateTime,
    restaurant: Option<String>,
    score: Option<i32>,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Told {
    #[field(flatten)]
    review: Review,
    #[field(rename = "valueExisted")]
    value_existed: bool,
}

fn reviews(reviews: &[(&str, &str, Option<i32>)]) -> Vec<Document> {
    let review = |(day, restaurant, score): &(&str, &str, Option<i32>)| {
        let mut review = doc! { "date": date(day) };
        if !restaurant.is_empty() {
            review.insert("restaurant", *restaurant);
        }
        review.extend(score.map(|score| ("score".to_owned(), score.into())));
        review
    };
    reviews.iter().map(review).collect()
}

// covers: T10
#[odmium::test]
async fn fill_missing_field_values_based_on_the_last_observed_value(db: Database) {
    let all = reviews(&[
        ("2021-03-08", "", Some(90)),
        ("2021-03-09", "", Some(92)),
        ("2021-03-10", "", None),
        ("2021-03-11", "", None),
        ("2021-03-12", "", Some(85)),
        ("2021-03-13", "", None),
    ]);
    let reviews = filled::<Review>(&db, all).await;
    let last = Fill::new().sort(Review.date.asc()).last(Review.score);
    let page =
        vec![doc! { "$fill": { "sortBy": { "date": 1 }, "output": { "score": { "method": "locf" } } } }];
    let found = same(&reviews, Pipeline::new().fill(last), page).await;
    let scores: Vec<_> = found.iter().filter_map(|review| review.score).collect();
    assert_eq!(scores, [90, 92, 92, 92, 85, 85]);

    // Indicate if a field was populated.
    let typed = Pipeline::new()
        .add_fields(ToldShape { value_existed: !Review.score.expr().is_missing() })
        .fill(Fill::new().sort(Told.review.date.asc()).last(Told.review.score));
    let page = vec![
        doc! { "$set": { "valueExisted": { "$ifNull": [{ "$toBool": { "$toString": "$score" } }, false] } } },
        doc! { "$fill": { "sortBy": { "date": 1 }, "output": { "score": { "method": "locf" } } } },
    ];
    let found = same(&reviews, typed, page).await;
    assert_eq!(found.iter().filter(|told| told.value_existed).count(), 3);
}

// covers: T10
#[odmium::test]
async fn fill_data_for_distinct_partitions(db: Database) {
    let (joe, sally) = ("Joe's Pizza", "Sally's Deli");
    let all = reviews(&[
        ("2021-03-08", joe, Some(90)),
        ("2021-03-08", sally, Some(75)),
        ("2021-03-09", joe, Some(92)),
        ("2021-03-09", sally, None),
        ("2021-03-10", joe, None),
        ("2021-03-10", sally, Some(68)),
        ("2021-03-11", joe, Some(93)),
        ("2021-03-11", sally, None),
    ]);
    let reviews = filled::<Review>(&db, all).await;
    let last = Fill::new().sort(Review.date.asc()).partition_by(Review.restaurant).last(Review.score);
    let page = vec![doc! { "$fill": {
        "sortBy": { "date": 1 }, "partitionBy": { "restaurant": "$restaurant" },
        "output": { "score": { "method": "locf" } },
    } }];
    let found = same(&reviews, Pipeline::new().fill(last), page).await;
    let of = |name: &str| -> Vec<_> {
        let own = found.iter().filter(|review| review.restaurant.as_deref() == Some(name));
        own.filter_map(|review| review.score).collect()
    };
    assert_eq!((of(joe), of(sally)), (vec![90, 92, 92, 93], vec![75, 75, 68, 68]));
}
