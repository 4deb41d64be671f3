//! The manual's pages on calculating with dates.

use odmium::{
    Collection, Database,
    bson::doc,
    expr::{
        TimeUnit::{self, Day, Hour, Month, Week, Year},
        Weekday,
    },
    prelude::*,
};

use crate::support::{computed, date, numbered, page, same};

#[derive(Document)]
#[document(collection = "orders")]
struct Order {
    id: i32,
    purchased: DateTime,
    delivered: DateTime,
}

async fn orders(db: &Database) -> Collection<Order> {
    let order = |(purchased, delivered): (&str, &str)| {
        let day = |day: &str| date(&format!("{day}T00:00:00Z"));
        doc! { "purchased": day(purchased), "delivered": day(delivered) }
    };
    let samples = [("2020-12-31", "2021-01-05"), ("2021-02-28", "2021-03-07"), ("2021-02-16", "2021-02-18")];
    page(db, numbered(samples.map(order))).await
}

// covers: T10
#[odmium::test]
async fn date_add_expects_a_delivery(db: Database) {
    let orders = orders(&db).await;
    let raw = doc! { "$dateAdd": { "startDate": "$purchased", "unit": "day", "amount": 3 } };
    let found = computed(&orders, Order.purchased.expr().date_add(Day, 3), raw.clone()).await;
    assert_eq!(found[0], date("2021-01-03T00:00:00Z"));
    // Delivered later than expected.
    let late =
        Pipeline::new().filter(Order.delivered.expr().gt(Order.purchased.expr().date_add(Day, 3)).into());
    let stage = doc! { "$match": { "$expr": { "$gt": ["$delivered", raw] } } };
    assert_eq!(orders.aggregate().then(late.clone()).await.unwrap().len(), 2);
    assert_eq!(late.to_stages().unwrap(), [stage]);
    let raw = doc! { "$dateSubtract": { "startDate": "$delivered", "unit": "hour", "amount": 3 } };
    let found = computed(&orders, Order.delivered.expr().date_subtract(Hour, 3), raw).await;
    assert_eq!(found[2], date("2021-02-17T21:00:00Z"));
}

// covers: T10
#[odmium::test]
async fn date_add_adjusts_for_daylight_saving(db: Database) {
    #[derive(Document)]
    #[document(collection = "billing")]
    struct Login {
        id: i32,
        location: String,
        login: DateTime,
    }
    let logins = page::<Login>(
        &db,
        numbered([
            doc! { "location": "America/New_York", "login": date("2021-03-14T01:00:00Z") },
            doc! { "location": "America/Mexico_City", "login": date("2021-03-14T01:00:00Z") },
        ]),
    )
    .await;
    let typed = Login.login.expr().timezone(Login.location).date_add(Day, 1);
    let raw =
        doc! { "$dateAdd": { "startDate": "$login", "unit": "day", "amount": 1, "timezone": "$location" } };
    let found = computed(&logins, typed, raw).await;
    assert_eq!(found, [date("2021-03-15T00:00:00Z"), date("2021-03-15T01:00:00Z")]);
}

// covers: T10
#[odmium::test]
async fn date_diff_of_days_and_their_mean(db: Database) {
    #[derive(Embedded)]
    #[document(group, rename_all = "camelCase")]
    struct Mean {
        average_time: Option<f64>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape, rename_all = "camelCase")]
    struct Days {
        num_days: Option<f64>,
    }
    let orders = orders(&db).await;
    let days = Order.purchased.expr().date_diff(Order.delivered, Day);
    let typed = Pipeline::new()
        .group_all(|g| MeanGroup { average_time: g.avg(days) })
        .project(DaysShape { num_days: Mean.average_time.expr().trunc(1) });
    let raw = [
        doc! { "$group": { "_id": null, "averageTime": { "$avg": {
            "$dateDiff": { "startDate": "$purchased", "endDate": "$delivered", "unit": "day" },
        } } } },
        doc! { "$project": { "_id": 0, "numDays": { "$trunc": ["$averageTime", 1] } } },
    ];
    assert_eq!(same(&orders, typed, raw).await[0].num_days, Some(4.6));
}

#[derive(Document)]
#[document(collection = "spans")]
struct Span {
    id: i32,
    start: DateTime,
    end: DateTime,
}

async fn spans(db: &Database) -> Collection<Span> {
    let span = |start: &str, end: &str| doc! { "start": date(start), "end": date(end) };
    page(
        db,
        numbered([
            span("2010-01-01T00:00:00Z", "2011-01-01T00:00:00Z"),
            span("2010-01-01T00:00:00Z", "2011-06-30T00:00:00Z"),
            span("2021-01-01T00:00:00Z", "2021-04-01T00:00:00Z"),
        ]),
    )
    .await
}

// covers: T10
#[odmium::test]
async fn date_diff_in_other_units(db: Database) {
    let spans = spans(&db).await;
    for (unit, expected) in [(Year, [1, 1, 0]), (Month, [12, 17, 3]), (Day, [365, 545, 90])] {
        let typed = Span.start.expr().date_diff(Span.end, unit);
        let raw = doc! { "$dateDiff": { "startDate": "$start", "endDate": "$end", "unit": unit.name() } };
        assert_eq!(computed(&spans, typed, raw).await, expected);
    }
    // Weeks by the day on which they begin: 1 January 2021 is a Friday.
    for (day, name, expected) in [(Weekday::Monday, "monday", 13), (Weekday::Friday, "friday", 12)] {
        let typed = Span.start.expr().date_diff(Span.end, TimeUnit::week_from(day));
        let raw = doc! { "$dateDiff": {
            "startDate": "$start", "endDate": "$end", "unit": "week", "startOfWeek": name,
        } };
        assert_eq!(computed(&spans, typed, raw).await[2], expected);
    }
    let raw = doc! { "$dateDiff": { "startDate": "$start", "endDate": "$end", "unit": "week" } };
    assert_eq!(computed(&spans, Span.start.expr().date_diff(Span.end, Week), raw).await[2], 13);
}

// covers: T10
#[odmium::test]
async fn date_trunc_of_weeks_and_half_years(db: Database) {
    #[derive(Document)]
    #[document(collection = "cakeSales", rename_all = "camelCase")]
    struct Cake {
        id: i32,
        order_date: DateTime,
        quantity: i32,
    }
    #[derive(Embedded, Debug, PartialEq)]
    #[document(shape, rename_all = "camelCase")]
    struct Key {
        truncated_order_date: DateTime,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct Half {
        #[field(id)]
        key: Key,
        sum_quantity: i64,
    }
    let cake = |(at, quantity): (&str, i32)| doc! { "orderDate": date(at), "quantity": quantity };
    let samples = [
        ("2020-05-18T14:10:30Z", 120),
        ("2021-03-20T11:30:05Z", 140),
        ("2021-01-11T06:31:15Z", 145),
        ("2020-02-08T13:13:23Z", 104),
        ("2019-05-18T16:09:01Z", 162),
        ("2019-01-08T06:12:03Z", 134),
    ];
    let cakes = page::<Cake>(&db, numbered(samples.map(cake))).await;
    let two_weeks = Cake
        .order_date
        .expr()
        .timezone("America/Los_Angeles")
        .date_trunc_by(TimeUnit::week_from(Weekday::Monday), 2);
    let raw = doc! { "$dateTrunc": {
        "date": "$orderDate", "unit": "week", "binSize": 2, "timezone": "America/Los_Angeles",
        "startOfWeek": "Monday",
    } };
    let found = computed(&cakes, two_weeks, raw).await;
    assert_eq!(found[0], date("2020-05-11T07:00:00Z"));

    let half = Cake.order_date.expr().date_trunc_by(Month, 6);
    let typed = Pipeline::new().group_by(KeyShape { truncated_order_date: half }, |g| HalfGroup {
        sum_quantity: g.sum(Cake.quantity),
    });
    let raw = [doc! { "$group": {
        "_id": { "truncatedOrderDate": { "$dateTrunc": {
            "date": "$orderDate", "unit": "month", "binSize": 6,
        } } },
        "sumQuantity": { "$sum": "$quantity" },
    } }];
    let found = same(&cakes, typed, raw).await;
    let of = |day: &str| {
        let key = Key { truncated_order_date: date(day) };
        found.iter().find(|it| it.key == key).unwrap().sum_quantity
    };
    assert_eq!((of("2020-01-01T00:00:00Z"), of("2019-01-01T00:00:00Z")), (224, 296));
}

// covers: T10
#[odmium::test]
async fn arithmetic_with_dates(db: Database) {
    let spans = spans(&db).await;
    let raw = doc! { "$add": ["$start", 3 * 24 * 60 * 60000] };
    let found = computed(&spans, Span.start + 3 * 24 * 60 * 60000, raw).await;
    assert_eq!(found[0], date("2010-01-04T00:00:00Z"));
    let found = computed(&spans, Span.end - Span.start, doc! { "$subtract": ["$end", "$start"] }).await;
    assert_eq!(found[0], 365 * 24 * 60 * 60000);
    let found = computed(&spans, Span.start - 5 * 60 * 1000, doc! { "$subtract": ["$start", 5 * 60 * 1000] });
    assert_eq!(found.await[0], date("2009-12-31T23:55:00Z"));
}
