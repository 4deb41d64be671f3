//! The manual's pages on `$and`, `$or`, `$not`, `$nor`.

use odmium::{Database, bson::doc, prelude::*};

use super::{
    agree::{agree, case, holding},
    regex,
};

#[derive(Document, Debug)]
#[document(collection = "inventory")]
struct Inventory {
    id: i32,
    item: String,
    price: Option<f64>,
    qty: Option<i32>,
    sale: Option<bool>,
}

// covers: T5
#[odmium::test]
async fn and_or_not_nor(db: Database) -> odmium::Result<()> {
    let inventory = holding::<Inventory>(
        &db,
        [
            doc! { "_id": 1, "item": "pen", "price": 1.99, "qty": 5, "sale": true },
            doc! { "_id": 2, "item": "pad", "price": 0.99, "qty": 15, "sale": true },
            doc! { "_id": 3, "item": "pin", "price": 5.0, "qty": 60, "sale": false },
            doc! { "_id": 4, "item": "cap", "qty": 60 },
        ],
    )
    .await?;
    let cases = [
        case(
            Inventory.price.ne(1.99) & Inventory.price.exists(),
            doc! { "$and": [{ "price": { "$ne": 1.99 } }, { "price": { "$exists": true } }] },
            [2, 3],
        )
        .rendered(doc! { "price": { "$ne": 1.99, "$exists": true } }),
        case(
            (Inventory.qty.lt(10) | Inventory.qty.gt(50))
                & (Inventory.sale.eq(true) | Inventory.price.lt(5.0)),
            doc! { "$and": [
                { "$or": [{ "qty": { "$lt": 10 } }, { "qty": { "$gt": 50 } }] },
                { "$or": [{ "sale": true }, { "price": { "$lt": 5.0 } }] },
            ] },
            [1],
        )
        .rendered(doc! {
            "$or": [{ "qty": { "$lt": 10 } }, { "qty": { "$gt": 50 } }],
            "$and": [{ "$or": [{ "sale": true }, { "price": { "$lt": 5.0 } }] }],
        }),
        case(!Inventory.price.gt(1.99), doc! { "price": { "$not": { "$gt": 1.99 } } }, [1, 2, 4]),
        case(!Inventory.item.matches("^p.*", ""), doc! { "item": { "$not": regex("^p.*", "") } }, [4])
            .rendered(doc! { "item": { "$not": { "$regex": regex("^p.*", "") } } }),
        case(
            Filter::none([Inventory.price.eq(1.99), Inventory.sale.eq(true)]),
            doc! { "$nor": [{ "price": 1.99 }, { "sale": true }] },
            [3, 4],
        ),
        case(
            Filter::none([Inventory.price.eq(1.99), Inventory.qty.lt(20), Inventory.sale.eq(true)]),
            doc! { "$nor": [{ "price": 1.99 }, { "qty": { "$lt": 20 } }, { "sale": true }] },
            [3, 4],
        ),
        case(
            !!(Inventory.price.gt(1.0) & Inventory.qty.lt(20)),
            doc! { "price": { "$gt": 1.0 }, "qty": { "$lt": 20 } },
            [1],
        ),
    ];
    agree(&inventory, cases).await
}
