//! The manual's pages on comparison: `$eq`, `$ne`, `$gt`, `$gte`, `$lt`, `$lte`, `$in`, `$nin`.

use odmium::{
    Database,
    bson::{Bson, bson, doc},
    prelude::*,
};

use super::{
    agree::{agree, case, holding},
    regex,
};

#[derive(Embedded, Debug)]
struct Item {
    name: String,
    code: String,
}

#[derive(Embedded, Debug)]
struct Carrier {
    fee: i32,
}

#[derive(Document, Debug)]
#[document(collection = "inventory")]
struct Inventory {
    id: i32,
    item: Option<Item>,
    name: Option<String>,
    quantity: Option<i32>,
    carrier: Option<Carrier>,
    #[field(default)]
    tags: Vec<Bson>,
}

// covers: T5
#[odmium::test]
async fn equality(db: Database) -> odmium::Result<()> {
    let item = |name: &str, code: &str| doc! { "name": name, "code": code };
    let inventory = holding::<Inventory>(
        &db,
        [
            doc! { "_id": 1, "item": item("ab", "123"), "quantity": 15, "tags": ["A", "B", "C"] },
            doc! { "_id": 2, "item": item("cd", "123"), "quantity": 20, "tags": ["B"] },
            doc! { "_id": 3, "item": item("ij", "456"), "quantity": 25, "tags": ["A", "B"] },
            doc! { "_id": 4, "item": item("xy", "456"), "quantity": 30, "tags": ["B", "A"] },
            doc! { "_id": 5, "item": item("mn", "000"), "quantity": 20, "tags": [["A", "B"], "C"] },
        ],
    )
    .await?;
    let whole = Item { name: "ab".into(), code: "123".into() };
    let cases = [
        case(Inventory.quantity.eq(20), doc! { "quantity": { "$eq": 20 } }, [2, 5])
            .rendered(doc! { "quantity": 20 }),
        case(Inventory.quantity.eq(20), doc! { "quantity": 20 }, [2, 5]),
        case(Inventory.item.name.eq("ab"), doc! { "item.name": "ab" }, [1]),
        case(Inventory.item.eq(whole), doc! { "item": item("ab", "123") }, [1]),
        case(Inventory.tags.contains("B"), doc! { "tags": "B" }, [1, 2, 3, 4]),
        case(
            Inventory.tags.eq(vec![Bson::from("A"), "B".into()]),
            doc! { "tags": ["A", "B"] },
            // Also where the list is an element.
            [3, 5],
        ),
        case(Inventory.tags.contains(bson!(["A", "B"])), doc! { "tags": ["A", "B"] }, [3, 5]),
    ];
    agree(&inventory, cases).await
}

// covers: T5
#[odmium::test]
async fn order_and_membership(db: Database) -> odmium::Result<()> {
    let inventory = holding::<Inventory>(
        &db,
        [
            doc! { "_id": 1, "name": "nuts", "quantity": 30, "carrier": { "fee": 3 }, "tags": ["school", "book"] },
            doc! { "_id": 2, "name": "bolts", "quantity": 50, "carrier": { "fee": 4 }, "tags": ["appliance", "home"] },
            doc! { "_id": 3, "name": "washers", "quantity": 10, "carrier": { "fee": 1 }, "tags": ["bearing", "steel"] },
            doc! { "_id": 4, "name": "screws" },
        ],
    )
    .await?;
    let tag = |pattern: &str| bson!({ "$elemMatch": { "$regex": regex(pattern, "") } });
    let cases = [
        case(Inventory.quantity.gt(20), doc! { "quantity": { "$gt": 20 } }, [1, 2]),
        case(Inventory.quantity.gte(30), doc! { "quantity": { "$gte": 30 } }, [1, 2]),
        case(Inventory.quantity.lt(30), doc! { "quantity": { "$lt": 30 } }, [3]),
        case(Inventory.quantity.lte(30), doc! { "quantity": { "$lte": 30 } }, [1, 3]),
        case(Inventory.carrier.fee.gt(2), doc! { "carrier.fee": { "$gt": 2 } }, [1, 2]),
        case(Inventory.quantity.ne(30), doc! { "quantity": { "$ne": 30 } }, [2, 3, 4]),
        case(Inventory.carrier.fee.ne(1), doc! { "carrier.fee": { "$ne": 1 } }, [1, 2, 4]),
        case(Inventory.quantity.is_in([30, 10]), doc! { "quantity": { "$in": [30, 10] } }, [1, 3]),
        case(
            Inventory.tags.has_any(["home", "school"]),
            doc! { "tags": { "$in": ["home", "school"] } },
            [1, 2],
        ),
        case(Inventory.quantity.not_in([30, 50]), doc! { "quantity": { "$nin": [30, 50] } }, [3, 4]),
        case(!Inventory.tags.has_any(["school"]), doc! { "tags": { "$nin": ["school"] } }, [2, 3, 4]),
        case(
            Inventory.name.matches_any(["^nu", "^bo"]),
            doc! { "name": { "$in": [regex("^nu", ""), regex("^bo", "")] } },
            [1, 2],
        ),
        case(
            Filter::raw(doc! { "tags": tag("^be") }) | Filter::raw(doc! { "tags": tag("^st") }),
            doc! { "tags": { "$in": [regex("^be", ""), regex("^st", "")] } },
            [3],
        )
        .rendered(doc! { "$or": [{ "tags": tag("^be") }, { "tags": tag("^st") }] }),
    ];
    agree(&inventory, cases).await
}
