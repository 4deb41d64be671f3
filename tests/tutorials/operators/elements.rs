//! The manual's pages on what looks at each element of an array: `$map`, `$filter`.

use odmium::{
    Collection, Database, Expr,
    bson::{Document as Bag, doc},
    prelude::*,
};

use crate::support::{date, page, same};

// covers: T10
#[odmium::test]
async fn map_adds_to_each_element(db: Database) {
    #[derive(Document)]
    #[document(collection = "grades")]
    struct Grades {
        id: i32,
        quizzes: Vec<i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Adjusted {
        #[field(id)]
        id: i32,
        #[field(rename = "adjustedGrades")]
        adjusted_grades: Vec<i32>,
    }

    let grades = page::<Grades>(
        &db,
        [
            doc! { "_id": 1, "quizzes": [5, 6, 7] },
            doc! { "_id": 2, "quizzes": [] },
            doc! { "_id": 3, "quizzes": [3, 8, 9] },
        ],
    )
    .await;
    let typed = Pipeline::new().project(AdjustedShape {
        id: Grades.id.expr(),
        adjusted_grades: Grades.quizzes.expr().map(|grade| grade + 2),
    });
    let raw = [doc! { "$project": {
        "adjustedGrades": { "$map": { "input": "$quizzes", "as": "grade", "in": { "$add": ["$$grade", 2] } } },
    } }];
    let found = same(&grades, typed, raw).await;
    assert_eq!(found[0].adjusted_grades, [7, 8, 9]);
}

// covers: T10
#[odmium::test]
async fn map_truncates_each_element(db: Database) {
    #[derive(Document)]
    #[document(collection = "deliveries")]
    struct Delivery {
        id: i32,
        city: String,
        distances: Vec<f64>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Whole {
        #[field(id)]
        id: i32,
        city: String,
        #[field(rename = "integerValues")]
        integer_values: Vec<f64>,
    }

    let deliveries = page::<Delivery>(
        &db,
        [
            doc! { "_id": 1, "city": "Bakersfield", "distances": [34.57, 81.96, 44.24] },
            doc! { "_id": 2, "city": "Barstow", "distances": [73.28, 9.67, 124.36] },
            doc! { "_id": 3, "city": "San Bernadino", "distances": [16.04, 3.25, 6.82] },
        ],
    )
    .await;
    let typed = Pipeline::new().project(WholeShape {
        id: Delivery.id.expr(),
        city: Delivery.city.expr(),
        integer_values: Delivery.distances.expr().map(|distance| distance.trunc(0)),
    });
    let raw = [doc! { "$project": {
        "city": "$city",
        "integerValues": { "$map": {
            "input": "$distances", "as": "decimalValue", "in": { "$trunc": "$$decimalValue" },
        } },
    } }];
    let found = same(&deliveries, typed, raw).await;
    assert_eq!(found[0].integer_values, [34.0, 81.0, 44.0]);
}

// covers: T10
#[odmium::test]
async fn map_converts_celsius_to_fahrenheit(db: Database) {
    #[derive(Document, Debug)]
    #[document(collection = "temperatures", rename_all = "camelCase")]
    struct Temperatures {
        id: i32,
        date: DateTime,
        temps_c: Vec<i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Both {
        #[field(flatten)]
        celsius: Temperatures,
        #[field(rename = "tempsF")]
        temps_f: Vec<f64>,
    }

    let temperatures = page::<Temperatures>(
        &db,
        [
            doc! { "_id": 1, "date": date("2019-06-23T00:00:00Z"), "tempsC": [4, 12, 17] },
            doc! { "_id": 2, "date": date("2019-07-07T00:00:00Z"), "tempsC": [14, 24, 11] },
            doc! { "_id": 3, "date": date("2019-10-30T00:00:00Z"), "tempsC": [18, 6, 8] },
        ],
    )
    .await;
    let typed = Pipeline::new().add_fields(BothShape {
        temps_f: Temperatures.temps_c.expr().map(|celsius| celsius * (9.0 / 5.0) + 32),
    });
    let raw = [doc! { "$addFields": { "tempsF": { "$map": {
        "input": "$tempsC",
        "as": "tempInCelsius",
        "in": { "$add": [{ "$multiply": ["$$tempInCelsius", 9.0 / 5.0] }, 32] },
    } } } }];
    let found = same(&temperatures, typed, raw).await;
    assert_eq!(found[0].temps_f[0], 39.2);
}

#[derive(Document, Debug)]
#[document(collection = "sales")]
struct Sale {
    id: i32,
    items: Vec<Item>,
}

#[derive(Embedded, Debug, PartialEq)]
struct Item {
    item_id: i32,
    quantity: i32,
    price: i32,
    name: String,
}

async fn sales(db: &Database) -> Collection<Sale> {
    let item = |id: i32, quantity: i32, price: i32, name: &str| {
        doc! { "item_id": id, "quantity": quantity, "price": price, "name": name }
    };
    let items = [
        vec![item(43, 2, 10, "pen"), item(2, 1, 240, "briefcase")],
        vec![item(23, 3, 110, "notebook"), item(103, 4, 5, "pen"), item(38, 1, 300, "printer")],
        vec![item(4, 1, 23, "paper")],
    ];
    page(db, (0..).zip(items).map(|(id, items): (i32, _)| doc! { "_id": id, "items": items })).await
}

// covers: T10
#[odmium::test]
async fn filter_by_number_and_by_name(db: Database) {
    let sales = sales(&db).await;
    let filter = |cond: Bag| {
        [doc! { "$project": { "items": { "$filter": { "input": "$items", "as": "item", "cond": cond } } } }]
    };
    let dear =
        Pipeline::new().set(Sale.items, Sale.items.expr().filter(|item| item.get(Item.price).gte(100)));
    let found = same(&sales, dear, filter(doc! { "$gte": ["$$item.price", 100] })).await;
    assert_eq!(found[1].items.len(), 2);
    let pens = Pipeline::new()
        .set(Sale.items, Sale.items.expr().filter(|item| item.get(Item.name).regex_match("^p")));
    let raw = filter(doc! { "$regexMatch": { "input": "$$item.name", "regex": "^p" } });
    let found = same(&sales, pens, raw).await;
    assert_eq!(found[2].items[0].name, "paper");
}

// covers: T10
#[odmium::test]
async fn filter_with_a_limit(db: Database) {
    let sales = sales(&db).await;
    for limit in [1, 5] {
        let dear = |item: Expr<Sale, Item>| item.get(Item.price).gte(100);
        let typed = Pipeline::new().set(Sale.items, Sale.items.expr().filter_limit(limit, dear));
        let raw = [doc! { "$project": { "items": { "$filter": {
            "input": "$items", "cond": { "$gte": ["$$item.price", 100] }, "as": "item", "limit": limit,
        } } } }];
        let found = same(&sales, typed, raw).await;
        assert_eq!(found[1].items.len(), if limit == 1 { 1 } else { 2 });
        assert_eq!(found[1].items[0].name, "notebook");
    }
}
