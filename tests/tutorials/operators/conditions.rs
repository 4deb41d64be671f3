//! The manual's pages on conditions, comparison, variables and conversion.

use odmium::{
    Database,
    bson::{Bson, bson, doc},
    expr::{literal, switch},
    prelude::*,
};

use crate::support::{computed, date, numbered, page};

#[derive(Document)]
#[document(collection = "inventory")]
struct Ware {
    id: i32,
    item: String,
    description: Option<String>,
    qty: i32,
}

// covers: T10
#[odmium::test]
async fn cond_if_null_and_comparison(db: Database) {
    let wares = page::<Ware>(
        &db,
        numbered([
            doc! { "item": "abc1", "description": "product 1", "qty": 300 },
            doc! { "item": "abc2", "description": null, "qty": 200 },
            doc! { "item": "xyz1", "qty": 250 },
        ]),
    )
    .await;
    let (qty, description) = (|| Ware.qty.expr(), || Ware.description.expr());
    let raw = doc! { "$cond": { "if": { "$gte": ["$qty", 250] }, "then": 30, "else": 20 } };
    assert_eq!(computed(&wares, qty().gte(250).cond(30, 20), raw).await, [30, 20, 30]);
    let raw = doc! { "$ifNull": ["$description", "Unspecified"] };
    let found = computed(&wares, description().if_null("Unspecified"), raw).await;
    assert_eq!(found, ["product 1", "Unspecified", "Unspecified"]);
    let raw = doc! { "$ifNull": ["$description", "$missing", "$item"] };
    let typed = description().or(odmium::expr::remove()).if_null(Ware.item);
    let expected = ["product 1", "abc2", "xyz1"];
    let found =
        computed(&wares, description().if_null(Ware.item), doc! { "$ifNull": ["$description", "$item"] });
    assert_eq!(found.await, expected);
    assert_eq!(computed(&wares, typed, raw).await, expected);
    assert_eq!(computed(&wares, qty().cmp(250), doc! { "$cmp": ["$qty", 250] }).await, [1, -1, 0]);
    let raw = doc! { "$or": [{ "$gt": ["$qty", 250] }, { "$lt": ["$qty", 200] }] };
    assert_eq!(computed(&wares, qty().gt(250) | qty().lt(200), raw).await, [true, false, false]);
    let raw = doc! { "$and": [{ "$gt": ["$qty", 100] }, { "$lt": ["$qty", 250] }] };
    assert_eq!(computed(&wares, qty().gt(100) & qty().lt(250), raw).await, [false, true, false]);
    let raw = doc! { "$not": [{ "$gt": ["$qty", 250] }] };
    assert_eq!(computed(&wares, !qty().gt(250), raw).await, [false, true, true]);
    let raw = doc! { "$type": "$description" };
    assert_eq!(computed(&wares, description().type_name(), raw).await, ["string", "null", "missing"]);
}

// covers: T10
#[odmium::test]
async fn switch_rates_grades(db: Database) {
    #[derive(Document)]
    #[document(collection = "grades")]
    struct Grades {
        id: i32,
        scores: Vec<i32>,
    }
    let scores = [[87, 86, 78], [71, 64, 81], [91, 84, 97]];
    let grades = page::<Grades>(&db, numbered(scores.map(|scores| doc! { "scores": scores.to_vec() }))).await;
    let average = || Grades.scores.expr().avg();
    let typed = switch(average().gte(90.0), "Doing great!")
        .case(average().gte(80.0) & average().lt(90.0), "Doing pretty well.")
        .case(average().lt(80.0), "Needs improvement.")
        .default("No scores found.");
    let (avg, bound) =
        (doc! { "$avg": "$scores" }, |op: &str, to: i32| doc! { op: [{ "$avg": "$scores" }, to] });
    let raw = doc! { "$switch": {
        "branches": [
            { "case": { "$gte": [avg, 90] }, "then": "Doing great!" },
            { "case": { "$and": [bound("$gte", 80), bound("$lt", 90)] }, "then": "Doing pretty well." },
            { "case": bound("$lt", 80), "then": "Needs improvement." },
        ],
        "default": "No scores found.",
    } };
    let found = computed(&grades, typed, raw).await;
    assert_eq!(found, ["Doing pretty well.", "Needs improvement.", "Doing great!"]);
}

// covers: T10
#[odmium::test]
async fn let_names_a_total_and_a_discount(db: Database) {
    #[derive(Document)]
    #[document(collection = "sales", rename_all = "camelCase")]
    struct Sale {
        id: i32,
        price: i32,
        tax: f64,
        apply_discount: bool,
    }
    let sales = page::<Sale>(
        &db,
        numbered([
            doc! { "price": 10, "tax": 0.5, "applyDiscount": true },
            doc! { "price": 10, "tax": 0.25, "applyDiscount": false },
        ]),
    )
    .await;
    let typed = (Sale.price + Sale.tax)
        .bind(|total| Sale.apply_discount.expr().cond(0.9, 1.0).bind(|discounted| total * discounted));
    let raw = doc! { "$let": {
        "vars": {
            "total": { "$add": ["$price", "$tax"] },
            "discounted": { "$cond": { "if": "$applyDiscount", "then": 0.9, "else": 1 } },
        },
        "in": { "$multiply": ["$$total", "$$discounted"] },
    } };
    assert_eq!(computed(&sales, typed, raw).await, [9.450_000_000_000_001, 10.25]);
}

// covers: T10
#[odmium::test]
async fn to_bool_of_values_of_all_types(db: Database) {
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        shipped: Bson,
    }
    let values = [bson!(true), bson!(0), bson!(1), bson!("true"), bson!("false"), bson!("")];
    let orders = page::<Order>(&db, numbered(values.map(|shipped| doc! { "shipped": shipped }))).await;
    let shipped = || Order.shipped.expr();
    let typed =
        switch(shipped().eq("false"), false).case(shipped().eq(""), false).default(shipped().to_bool());
    let branch = |of: &str| doc! { "case": { "$eq": ["$shipped", of] }, "then": false };
    let raw = doc! { "$switch": {
        "branches": [branch("false"), branch("")], "default": { "$toBool": "$shipped" },
    } };
    assert_eq!(computed(&orders, typed, raw).await, [true, false, true, true, false, false]);
}

// covers: T10
#[odmium::test]
async fn conversions(db: Database) {
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        temp: String,
        qty: String,
        price: Bson,
        order_date: Bson,
        zipcode: Bson,
    }
    let at = date("2018-03-10T00:00:00Z");
    let orders = page::<Order>(
        &db,
        numbered([
            doc! { "temp": "26.1C", "qty": "5", "price": 10.5, "order_date": at, "zipcode": 12345 },
            doc! { "temp": "25.4C", "qty": "7", "price": "x", "order_date": "2018-03-12", "zipcode": "94114" },
        ]),
    )
    .await;
    let raw = doc! { "$toDouble": { "$substrBytes": ["$temp", 0, 4] } };
    let found = computed(&orders, Order.temp.expr().substr_bytes(0, 4).to_double(), raw).await;
    assert_eq!(found, [26.1, 25.4]);
    assert_eq!(computed(&orders, Order.qty.expr().to_int(), doc! { "$toInt": "$qty" }).await, [5, 7]);
    assert_eq!(computed(&orders, Order.qty.expr().to_long(), doc! { "$toLong": "$qty" }).await, [5_i64, 7]);
    let found = computed(&orders, Order.qty.expr().to_decimal(), doc! { "$toDecimal": "$qty" }).await;
    assert_eq!(found[0].to_string(), "5");
    let found = computed(&orders, Order.order_date.expr().to_date(), doc! { "$toDate": "$order_date" }).await;
    assert_eq!(found, [at, date("2018-03-12T00:00:00Z")]);
    let found = computed(&orders, Order.zipcode.expr().to_string(), doc! { "$toString": "$zipcode" }).await;
    assert_eq!(found, ["12345", "94114"]);
    let raw = doc! { "$convert": { "input": "$price", "to": "double", "onError": 0.0 } };
    assert_eq!(computed(&orders, Order.price.expr().convert_or(0.0), raw).await, [10.5, 0.0]);
    let raw = doc! { "$convert": { "input": "$price", "to": "int", "onError": null } };
    let found: Vec<Option<i32>> = computed(&orders, Order.price.expr().try_convert(), raw).await;
    assert_eq!(found, [Some(10), None]);
    let raw = doc! { "$isNumber": "$price" };
    assert_eq!(computed(&orders, Order.price.expr().is_number(), raw).await, [true, false]);
    let typed = literal(5).to_string().concat(" of ").concat(Order.zipcode.expr().to_string());
    let raw = doc! { "$concat": [{ "$toString": 5 }, " of ", { "$toString": "$zipcode" }] };
    assert_eq!(computed(&orders, typed, raw).await[0], "5 of 12345");
}
