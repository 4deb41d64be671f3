//! "Aggregation Pipeline", "Aggregation with the Zip Code Data Set", "Aggregation with User Preference Data".

use odmium::{
    Collection, Database,
    bson::{DateTime, Document, doc},
    expr::document,
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{columns, date, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct Pizza {
    id: i32,
    name: String,
    size: String,
    price: i32,
    quantity: i32,
    date: DateTime,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct DayOfOrders {
    #[field(id)]
    day: String,
    total_order_value: i64,
    average_order_quantity: Option<f64>,
}

async fn pizzas(db: &Database) -> Collection<Pizza> {
    let pizza = |id: i32, name: &str, size: &str, price: i32, quantity: i32, at: &str| {
        doc! { "_id": id, "name": name, "size": size, "price": price, "quantity": quantity, "date": date(at) }
    };
    let all = [
        pizza(0, "Pepperoni", "small", 19, 10, "2021-03-13T08:14:30Z"),
        pizza(1, "Pepperoni", "medium", 20, 20, "2021-03-13T09:13:24Z"),
        pizza(2, "Pepperoni", "large", 21, 30, "2021-03-17T09:22:12Z"),
        pizza(3, "Cheese", "small", 12, 15, "2021-03-13T11:21:39.736Z"),
        pizza(4, "Cheese", "medium", 13, 50, "2022-01-12T21:23:13.331Z"),
        pizza(5, "Cheese", "large", 14, 10, "2022-01-12T05:08:13Z"),
        pizza(6, "Vegan", "small", 17, 10, "2021-01-13T05:08:13Z"),
        pizza(7, "Vegan", "medium", 18, 10, "2021-01-13T05:10:13Z"),
    ];
    filled(db, all).await
}

// covers: T10
#[odmium::test]
async fn total_order_quantity_of_medium_pizzas(db: Database) {
    let orders = pizzas(&db).await;
    let typed =
        Pipeline::new().filter(Pizza.size.eq("medium")).group_by(Pizza.name, |g| (g.sum(Pizza.quantity),));
    let page = vec![
        doc! { "$match": { "size": "medium" } },
        doc! { "$group": { "_id": "$name", "totalQuantity": { "$sum": "$quantity" } } },
    ];
    let mut found = same_by(&orders, typed, page, columns(&["_id", "totalQuantity"])).await;
    found.sort();
    assert_eq!(found, [("Cheese".into(), 50), ("Pepperoni".into(), 20), ("Vegan".into(), 10)]);
}

// covers: T10
#[odmium::test]
async fn total_order_value_and_average_order_quantity(db: Database) {
    let orders = pizzas(&db).await;
    let typed = Pipeline::new()
        .filter(Pizza.date.gte(date("2020-01-30")) & Pizza.date.lt(date("2022-01-30")))
        .group_by(Pizza.date.expr().date_to_string("%Y-%m-%d"), |g| DayOfOrdersGroup {
            total_order_value: g.sum(Pizza.price * Pizza.quantity),
            average_order_quantity: g.avg(Pizza.quantity),
        })
        .sort(DayOfOrders.total_order_value.desc());
    let page = vec![
        doc! { "$match": { "date": { "$gte": date("2020-01-30"), "$lt": date("2022-01-30") } } },
        doc! { "$group": {
            "_id": { "$dateToString": { "format": "%Y-%m-%d", "date": "$date" } },
            "totalOrderValue": { "$sum": { "$multiply": ["$price", "$quantity"] } },
            "averageOrderQuantity": { "$avg": "$quantity" },
        } },
        doc! { "$sort": { "totalOrderValue": -1 } },
    ];
    let found = same(&orders, typed, page).await;
    let values: Vec<_> = found.iter().map(|day| (&*day.day, day.total_order_value)).collect();
    assert_eq!(values, [("2022-01-12", 790), ("2021-03-13", 770), ("2021-03-17", 630), ("2021-01-13", 350)]);
}

#[derive(Document, Debug)]
#[document(collection = "zipcodes")]
struct Zip {
    id: String,
    city: String,
    state: String,
    pop: i32,
    loc: [f64; 2],
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Place {
    state: String,
    city: String,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct City {
    name: String,
    pop: i64,
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct Extremes {
    state: String,
    biggest_city: City,
    smallest_city: City,
}

/// The page's data are a file of all zip codes: these have its form, and people enough for its first question.
async fn zips(db: &Database) -> Collection<Zip> {
    let zip = |id: &str, city: &str, state: &str, pop: i32| {
        doc! { "_id": id, "city": city, "state": state, "pop": pop, "loc": [-74.016_323, 40.710_537] }
    };
    let zips = [
        zip("10280", "NEW YORK", "NY", 5_574_000),
        zip("10021", "NEW YORK", "NY", 6_106_564),
        zip("12210", "ALBANY", "NY", 94_000),
        zip("13494", "WOODGATE", "NY", 115),
        zip("01001", "AGAWAM", "MA", 15_338),
        zip("01008", "BLANDFORD", "MA", 1_240),
        zip("02108", "BOSTON", "MA", 3_697),
        zip("02109", "BOSTON", "MA", 39_260),
        zip("90001", "LOS ANGELES", "CA", 9_951_000),
        zip("92267", "PARKER DAM", "CA", 48_999),
    ];
    filled(db, zips).await
}

// covers: T10
#[odmium::test]
async fn states_with_populations_above_ten_million(db: Database) {
    let zips = zips(&db).await;
    let typed = Pipeline::new()
        .group_by(Zip.state, |g| (g.sum(Zip.pop),))
        .with_fields(|rows, (_, people)| rows.filter(people.gte(10_000_000)));
    let page = vec![
        doc! { "$group": { "_id": "$state", "totalPop": { "$sum": "$pop" } } },
        doc! { "$match": { "totalPop": { "$gte": 10 * 1000 * 1000 } } },
    ];
    let found = same_by(&zips, typed, page, columns(&["_id", "totalPop"])).await;
    assert_eq!(found, [("NY".to_owned(), 11_774_679)]);
}

// covers: T10
#[odmium::test]
async fn average_city_population_by_state(db: Database) {
    let zips = zips(&db).await;
    let typed = Pipeline::new()
        .group_by((Zip.state, Zip.city), |g| (g.sum(Zip.pop),))
        .with_fields(|cities, (key, people)| cities.group_by(key.0, |g| (g.avg(people),)));
    let page = vec![
        doc! { "$group": { "_id": { "state": "$state", "city": "$city" }, "pop": { "$sum": "$pop" } } },
        doc! { "$group": { "_id": "$_id.state", "avgCityPop": { "$avg": "$pop" } } },
    ];
    let found = same_by(&zips, typed, page, columns(&["_id", "avgCityPop"])).await;
    assert!(found.contains(&("MA".to_owned(), Some(f64::from(15_338 + 1_240 + 42_957) / 3.0))), "{found:?}");
}

// covers: T10
#[odmium::test]
async fn largest_and_smallest_cities_by_state(db: Database) {
    let zips = zips(&db).await;
    let key = PlaceShape { state: Zip.state.expr(), city: Zip.city.expr() };
    let typed = Pipeline::new()
        .group_by(key, |g| (g.sum(Zip.pop),))
        .with_fields(|cities, (place, people)| {
            cities.sort(people.asc()).group_by(place.state, |g| {
                (g.last(place.city), g.last(people), g.first(place.city), g.first(people))
            })
        })
        .with_fields(|states, (state, biggest, most, smallest, fewest)| {
            states.project(ExtremesShape {
                state: state.expr(),
                biggest_city: document(CityShape { name: biggest.expr(), pop: most.expr() }),
                smallest_city: document(CityShape { name: smallest.expr(), pop: fewest.expr() }),
            })
        });
    let page = vec![
        doc! { "$group": { "_id": { "state": "$state", "city": "$city" }, "pop": { "$sum": "$pop" } } },
        doc! { "$sort": { "pop": 1 } },
        doc! { "$group": {
            "_id": "$_id.state",
            "biggestCity": { "$last": "$_id.city" }, "biggestPop": { "$last": "$pop" },
            "smallestCity": { "$first": "$_id.city" }, "smallestPop": { "$first": "$pop" },
        } },
        doc! { "$project": {
            "_id": 0, "state": "$_id",
            "biggestCity": { "name": "$biggestCity", "pop": "$biggestPop" },
            "smallestCity": { "name": "$smallestCity", "pop": "$smallestPop" },
        } },
    ];
    let found = same(&zips, typed, page).await;
    let ma = found.iter().find(|row| row.state == "MA").unwrap();
    assert_eq!(ma.biggest_city, City { name: "BOSTON".into(), pop: 42_957 });
    assert_eq!(ma.smallest_city, City { name: "BLANDFORD".into(), pop: 1_240 });
}

#[derive(Document, Debug)]
#[document(collection = "users")]
struct User {
    id: String,
    joined: DateTime,
    likes: Vec<String>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Month {
    month_joined: i32,
}

async fn users(db: &Database) -> Collection<User> {
    let user = |id: &str, joined: &str, likes: &[&str]| {
        doc! { "_id": id, "joined": date(joined), "likes": likes.to_vec() }
    };
    let users = [
        user("jane", "2011-03-02", &["golf", "racquetball"]),
        user("joe", "2012-07-02", &["tennis", "golf", "swimming"]),
        user("ruth", "2012-01-14", &["golf", "racquetball", "swimming"]),
        user("harold", "2012-01-21", &["handball", "golf", "racquetball"]),
        user("kate", "2012-01-01", &["swimming", "tennis", "racquetball"]),
        user("jill", "2012-02-01", &["golf", "handball", "chess"]),
    ];
    filled(db, users).await
}

// covers: T10
#[odmium::test]
async fn normalize_and_sort_documents(db: Database) {
    let users = users(&db).await;
    let typed = Pipeline::new()
        .project((User.id.expr().to_upper(),))
        .with_fields(|rows, (name,)| rows.sort(name.asc()));
    let page = vec![
        doc! { "$project": { "name": { "$toUpper": "$_id" }, "_id": 0 } },
        doc! { "$sort": { "name": 1 } },
    ];
    assert_eq!(same_by(&users, typed, page, columns(&["name"])).await[0], ("HAROLD".to_owned(),));
}

// covers: T10
#[odmium::test]
async fn usernames_ordered_by_join_month(db: Database) {
    let users = users(&db).await;
    let typed = Pipeline::new()
        .project((User.joined.expr().month(), User.id))
        .with_fields(|rows, (month, _)| rows.sort(month.asc()));
    let page = vec![
        doc! { "$project": { "month_joined": { "$month": "$joined" }, "name": "$_id", "_id": 0 } },
        doc! { "$sort": { "month_joined": 1 } },
    ];
    let found = same_by(&users, typed, page, columns(&["month_joined", "name"])).await;
    assert_eq!(found.last(), Some(&(7, "joe".to_owned())));
}

// covers: T10
#[odmium::test]
async fn total_number_of_joins_per_month(db: Database) {
    let users = users(&db).await;
    let typed = Pipeline::new()
        .group_by(MonthShape { month_joined: User.joined.expr().month() }, |g| (g.count(),))
        .with_fields(|rows, (key, _)| rows.sort(key.month_joined.asc()));
    let page: Vec<Document> = vec![
        doc! { "$project": { "month_joined": { "$month": "$joined" } } },
        doc! { "$group": { "_id": { "month_joined": "$month_joined" }, "number": { "$sum": 1 } } },
        doc! { "$sort": { "_id.month_joined": 1 } },
    ];
    let found = same_by(&users, typed, page, columns(&["_id", "number"])).await;
    assert_eq!(found[0], (Month { month_joined: 1 }, 3));
}

// covers: T10
#[odmium::test]
async fn five_most_common_likes(db: Database) {
    let users = users(&db).await;
    let typed = Pipeline::new()
        .unwind(User.likes)
        .with_fields(|rows, (_, like)| rows.group_by(like, |g| (g.count(),)))
        .with_fields(|rows, (like, number)| rows.sort((number.desc(), like.asc())))
        .limit(5);
    // The page has no order of those that are equally common.
    let page = vec![
        doc! { "$unwind": "$likes" },
        doc! { "$group": { "_id": "$likes", "number": { "$sum": 1 } } },
        doc! { "$sort": { "number": -1, "_id": 1 } },
        doc! { "$limit": 5 },
    ];
    let found = same_by(&users, typed, page, columns(&["_id", "number"])).await;
    assert_eq!((found.len(), &found[0]), (5, &("golf".to_owned(), 5)));
}
