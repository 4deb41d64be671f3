//! Views, joins with a view, and time series.

use odmium::{
    Database,
    bson::{DateTime, Document, doc},
    expr::document,
    options::TimeseriesGranularity,
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{agree, columns, date, filled, same, same_by, stored};

#[derive(Document, Debug, PartialEq)]
#[document(collection = "students")]
struct Student {
    id: i32,
    #[field(rename = "sID")]
    number: i32,
    name: String,
    year: i32,
    score: f64,
}

#[derive(Document, Debug, PartialEq)]
#[document(collection = "firstYears", shape, create(view(first_years())))]
struct FirstYear {
    id: i32,
    #[field(rename = "sID")]
    number: i32,
    name: String,
    year: i32,
    score: f64,
}

#[derive(View, Debug, PartialEq)]
#[view(of = FirstYear)]
struct NameAndScore {
    name: String,
    score: f64,
}

fn first_years() -> Pipeline<Student, FirstYear> {
    Pipeline::<Student>::new().filter(Student.year.eq(1)).project(FirstYearShape {
        id: Student.id.expr(),
        number: Student.number.expr(),
        name: Student.name.expr(),
        year: Student.year.expr(),
        score: Student.score.expr(),
    })
}

// covers: T10, T20
#[odmium::test]
async fn create_and_query_a_view(db: Database) {
    let students = [
        (1, 22_001, "Alex", 1, 4.0),
        (2, 21_001, "bernie", 2, 3.7),
        (3, 20_010, "Chris", 3, 2.5),
        (4, 22_021, "Drew", 1, 3.2),
        (5, 17_301, "harley", 6, 3.1),
        (6, 21_022, "Farmer", 1, 2.2),
        (7, 20_020, "george", 3, 2.8),
        (8, 18_020, "Harley", 5, 2.8),
    ];
    let students = students.map(|(id, number, name, year, score)| {
        doc! { "_id": id, "sID": number, "name": name, "year": year, "score": score }
    });
    filled::<Student>(&db, students).await;
    let view = db.collection::<FirstYear>();
    view.sync().await.unwrap();
    let raw = db.inner().collection::<Document>("raw_first_years");
    let page =
        doc! { "create": "raw_first_years", "viewOn": "students", "pipeline": [{ "$match": { "year": 1 } }] };
    db.inner().run_command(page).await.unwrap();
    agree(stored(&db, "firstYears").await, stored(&db, "raw_first_years").await, true);
    // `db.firstYears.find({}, { _id: 0, name: 1, score: 1 })`
    let found: Vec<NameAndScore> = view.find(Filter::everything()).select_as().await.unwrap();
    assert_eq!(found[1], NameAndScore { name: "Drew".into(), score: 3.2 });
    assert_eq!(raw.count_documents(doc! {}).await.unwrap(), found.len() as u64);
}

#[derive(Document, Debug)]
#[document(collection = "inventory", rename_all = "camelCase")]
struct Stock {
    id: Id<Stock>,
    prod_id: i32,
    price: i32,
    quantity: i32,
}

#[derive(Document, Debug)]
#[document(collection = "orders", rename_all = "camelCase")]
struct Order {
    id: Id<Order>,
    order_id: i32,
    custid: i32,
    prod_id: i32,
    num_purchased: i32,
}

/// A document of a view has no `_id` unless it is given one: here it is the number of the order.
#[derive(Document, Debug)]
#[document(collection = "sales", shape, create(view(sales())), rename_all = "camelCase")]
struct Sale {
    id: i32,
    prod_id: i32,
    num_purchased: i32,
    price: i32,
}

fn sales() -> Pipeline<Order, Sale> {
    Pipeline::<Order>::new()
        .lookup(Order.prod_id, Stock.prod_id)
        .with_fields(|rows, (_, stock)| rows.unwind(stock))
        .with_fields(|rows, (order, _, stock)| {
            rows.project(SaleShape {
                id: order.order_id.expr(),
                prod_id: order.prod_id.expr(),
                num_purchased: order.num_purchased.expr(),
                price: stock.price.expr(),
            })
        })
}

// covers: T10, T20, C8
#[odmium::test]
async fn join_collections_with_a_view(db: Database) {
    let stock = [(100, 20, 125), (101, 10, 234), (102, 15, 432), (103, 17, 320)];
    let stock =
        stock.map(|(id, price, quantity)| doc! { "prodId": id, "price": price, "quantity": quantity });
    filled::<Stock>(&db, stock).await;
    let orders = [
        (201, 301, 100, 20),
        (202, 302, 101, 10),
        (203, 303, 102, 5),
        (204, 303, 103, 15),
        (205, 303, 103, 20),
        (206, 302, 102, 1),
        (207, 302, 101, 5),
        (208, 301, 100, 10),
        (209, 303, 103, 30),
    ];
    let orders = orders.map(|(order, customer, product, n)| {
        doc! { "orderId": order, "custid": customer, "prodId": product, "numPurchased": n }
    });
    filled::<Order>(&db, orders).await;
    let sales = db.collection::<Sale>();
    sales.sync().await.unwrap();
    let page = doc! { "create": "raw_sales", "viewOn": "orders", "pipeline": [
        { "$lookup": { "from": "inventory", "localField": "prodId", "foreignField": "prodId", "as": "inventoryDocs" } },
        { "$project": { "_id": 0, "prodId": 1, "orderId": 1, "numPurchased": 1, "price": "$inventoryDocs.price" } },
        { "$unwind": "$price" },
    ] };
    db.inner().run_command(page).await.unwrap();
    let mut of_page = stored(&db, "raw_sales").await;
    for sale in &mut of_page {
        let order = sale.remove("orderId").unwrap();
        sale.insert("_id", order);
    }
    agree(stored(&db, "sales").await, of_page, false);
    let typed = Pipeline::new().group_by(Sale.prod_id, |g| (g.sum(Sale.price * Sale.num_purchased),));
    let page = vec![doc! { "$group": {
        "_id": "$prodId", "amountSold": { "$sum": { "$multiply": ["$price", "$numPurchased"] } },
    } }];
    let mut found = same_by(&sales, typed, page, columns(&["_id", "amountSold"])).await;
    found.sort_unstable();
    assert_eq!(found, [(100, 600), (101, 150), (102, 90), (103, 1105)]);
}

#[derive(Document, Debug)]
#[document(
    collection = "weather24h",
    create(time_series(Weather.timestamp), meta(Weather.metadata), granularity(TimeseriesGranularity::Hours))
)]
struct Weather {
    id: Id<Weather>,
    timestamp: DateTime,
    metadata: Sensor,
    temp: i32,
}

#[derive(Embedded, Debug)]
#[document(rename_all = "camelCase")]
struct Sensor {
    sensor_id: i32,
    r#type: String,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Day {
    year: i32,
    month: i32,
    day: i32,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct OfDay {
    date: Day,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct Average {
    #[field(id)]
    of: OfDay,
    avg_tmp: Option<f64>,
}

// covers: T10, T20
#[odmium::test]
async fn time_series_average_temperature_of_a_day(db: Database) {
    db.collection::<Weather>().sync().await.unwrap();
    let temperatures = [("18", [12, 11, 11, 12, 16, 15]), ("19", [13, 12, 11, 12, 17, 12])];
    let documents = temperatures.into_iter().flat_map(|(day, temperatures)| {
        (0..).zip(temperatures).map(move |(at, temp): (i32, i32)| {
            let at = date(&format!("2021-05-{day}T{:02}:00:00.000Z", 4 * at));
            doc! { "metadata": { "sensorId": 5578, "type": "temperature" }, "timestamp": at, "temp": temp }
        })
    });
    let weather = filled::<Weather>(&db, documents).await;
    let (year, month, day) = (
        Weather.timestamp.expr().year(),
        Weather.timestamp.expr().month(),
        Weather.timestamp.expr().day_of_month(),
    );
    let key = OfDayShape { date: document(DayShape { year, month, day }) };
    let typed = Pipeline::new()
        .group_by(key, |g| AverageGroup { avg_tmp: g.avg(Weather.temp) })
        .sort(Average.of.date.day.asc());
    let page = vec![
        doc! { "$project": { "date": { "$dateToParts": { "date": "$timestamp" } }, "temp": 1 } },
        doc! { "$group": {
            "_id": { "date": { "year": "$date.year", "month": "$date.month", "day": "$date.day" } },
            "avgTmp": { "$avg": "$temp" },
        } },
        doc! { "$sort": { "_id.date.day": 1 } },
    ];
    let found = same(&weather, typed, page).await;
    assert_eq!(found[0].of.date, Day { year: 2021, month: 5, day: 18 });
    assert_eq!(found[1].avg_tmp, Some(77.0 / 6.0));
}
