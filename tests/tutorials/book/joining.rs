//! One-to-one join, multi-field join and one-to-many.

use odmium::{
    Database,
    bson::{Decimal128, doc},
    prelude::*,
};

use super::decimal;
use crate::support::{date, numbered, page, same};

// covers: T10
#[odmium::test]
async fn one_to_one_join(db: Database) {
    #[derive(Document)]
    #[document(collection = "products")]
    struct Product {
        id: i32,
        code: String,
        name: String,
        category: String,
    }
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        customer_id: String,
        orderdate: DateTime,
        product_id: String,
        value: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Report {
        customer_id: String,
        orderdate: DateTime,
        value: Decimal128,
        product_name: Option<String>,
        product_category: Option<String>,
    }

    let product =
        |code: &str, name: &str, category: &str| doc! { "code": code, "name": name, "category": category };
    page::<Product>(
        &db,
        numbered([
            product("a1b2c3d4", "Asus Laptop", "ELECTRONICS"),
            product("z9y8x7w6", "The Day Of The Triffids", "BOOKS"),
            product("ff11gg22hh33", "Food Mixer", "KITCHENWARE"),
        ]),
    )
    .await;
    let order = |customer: &str, at: &str, product: &str, value: &str| {
        let (at, value) = (date(at), decimal(value));
        doc! { "customer_id": customer, "orderdate": at, "product_id": product, "value": value }
    };
    let orders = page::<Order>(
        &db,
        numbered([
            order("elise", "2020-05-30T08:35:52Z", "a1b2c3d4", "431.43"),
            order("tj", "2019-05-28T19:13:32Z", "z9y8x7w6", "5.01"),
            order("oranieri", "2020-01-01T08:25:37Z", "ff11gg22hh33", "63.13"),
            order("jjones", "2020-12-26T08:55:46Z", "a1b2c3d4", "429.65"),
        ]),
    )
    .await;
    let (start, end) = (date("2020-01-01T00:00:00Z"), date("2021-01-01T00:00:00Z"));
    let typed = Pipeline::new()
        .filter(Order.orderdate.gte(start) & Order.orderdate.lt(end))
        .lookup_one(Order.product_id, Product.code)
        .with_fields(|rows, (order, product)| {
            rows.project(ReportShape {
                customer_id: order.customer_id.expr(),
                orderdate: order.orderdate.expr(),
                value: order.value.expr(),
                product_name: product.expr().get(Product.name),
                product_category: product.expr().get(Product.category),
            })
        });
    let raw = [
        doc! { "$match": { "orderdate": { "$gte": start, "$lt": end } } },
        doc! { "$lookup": {
            "from": "products", "localField": "product_id", "foreignField": "code", "as": "product_mapping",
        } },
        doc! { "$set": { "product_mapping": { "$first": "$product_mapping" } } },
        doc! { "$set": {
            "product_name": "$product_mapping.name",
            "product_category": "$product_mapping.category",
        } },
        doc! { "$unset": ["_id", "product_id", "product_mapping"] },
    ];
    let found = same(&orders, typed, raw).await;
    let mixer = found.iter().find(|it| it.customer_id == "oranieri").unwrap();
    assert_eq!(mixer.product_name.as_deref(), Some("Food Mixer"));
    assert_eq!(found.len(), 3);
}

// covers: T10
#[odmium::test]
async fn multi_field_join_and_one_to_many(db: Database) {
    #[derive(Document)]
    #[document(collection = "products")]
    struct Product {
        id: i32,
        name: String,
        variation: String,
        category: String,
    }
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        customer_id: String,
        orderdate: DateTime,
        product_name: String,
        product_variation: String,
        value: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Bought {
        customer_id: String,
        orderdate: DateTime,
        value: Decimal128,
    }
    #[derive(Embedded, Debug)]
    #[document(shape)]
    struct Report {
        name: String,
        variation: String,
        category: String,
        orders: Vec<Bought>,
    }

    let product = |name: &str, variation: &str, category: &str| {
        doc! { "name": name, "variation": variation, "category": category }
    };
    let products = page::<Product>(
        &db,
        numbered([
            product("Asus Laptop", "Ultra HD", "ELECTRONICS"),
            product("Asus Laptop", "Standard Display", "ELECTRONICS"),
            product("The Day Of The Triffids", "1st Edition", "BOOKS"),
            product("The Day Of The Triffids", "2nd Edition", "BOOKS"),
            product("Food Mixer", "Deluxe", "KITCHENWARE"),
        ]),
    )
    .await;
    let order = |customer: &str, at: &str, product: &str, variation: &str, value: &str| {
        doc! {
            "customer_id": customer, "orderdate": date(at), "product_name": product,
            "product_variation": variation, "value": decimal(value),
        }
    };
    page::<Order>(
        &db,
        numbered([
            order("elise", "2020-05-30T08:35:52Z", "Asus Laptop", "Standard Display", "431.43"),
            order("tj", "2019-05-28T19:13:32Z", "The Day Of The Triffids", "2nd Edition", "5.01"),
            order("oranieri", "2020-01-01T08:25:37Z", "Food Mixer", "Deluxe", "63.13"),
            order("jjones", "2020-12-26T08:55:46Z", "Asus Laptop", "Standard Display", "429.65"),
        ]),
    )
    .await;
    let (start, end) = (date("2020-01-01T00:00:00Z"), date("2021-01-01T00:00:00Z"));
    let typed = Pipeline::new()
        .lookup_pipeline(|product| {
            let same = Order.product_name.expr().eq(product.value(Product.name))
                & Order.product_variation.expr().eq(product.value(Product.variation));
            Pipeline::new().filter(same & (Order.orderdate.gte(start) & Order.orderdate.lt(end))).project(
                BoughtShape {
                    customer_id: Order.customer_id.expr(),
                    orderdate: Order.orderdate.expr(),
                    value: Order.value.expr(),
                },
            )
        })
        .with_fields(|rows, (product, orders)| {
            rows.filter(!orders.is_empty()).project(ReportShape {
                name: product.name.expr(),
                variation: product.variation.expr(),
                category: product.category.expr(),
                orders: orders.expr(),
            })
        });
    let raw = [
        doc! { "$lookup": {
            "from": "orders",
            "let": { "prdname": "$name", "prdvartn": "$variation" },
            "pipeline": [
                { "$match": { "$expr": { "$and": [
                    { "$eq": ["$product_name", "$$prdname"] },
                    { "$eq": ["$product_variation", "$$prdvartn"] },
                ] } } },
                { "$match": { "orderdate": { "$gte": start, "$lt": end } } },
                { "$unset": ["_id", "product_name", "product_variation"] },
            ],
            "as": "orders",
        } },
        doc! { "$match": { "orders": { "$ne": [] } } },
        doc! { "$unset": ["_id"] },
    ];
    let found = same(&products, typed, raw).await;
    let laptop = found.iter().find(|it| it.variation == "Standard Display").unwrap();
    assert_eq!(laptop.orders.len(), 2);
    assert_eq!(found.len(), 2);
}
