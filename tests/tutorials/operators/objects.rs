//! The manual's pages on documents: `$objectToArray`, `$arrayToObject`, `$setField`, `$mergeObjects`, `$bsonSize`.

use std::collections::BTreeMap;

use odmium::{
    Database,
    bson::{Bson, Document as Bag, doc},
    expr::{array, key_value, object, remove, root},
    prelude::*,
};

use crate::support::{computed, numbered, page, same};

// covers: T10
#[odmium::test]
async fn object_to_array_and_back(db: Database) {
    #[derive(Document)]
    #[document(collection = "inventory")]
    struct Ware {
        id: i32,
        dimensions: Bag,
    }
    let wares = page::<Ware>(
        &db,
        numbered([
            doc! { "item": "ABC1", "dimensions": { "l": 25, "w": 10, "uom": "cm" } },
            doc! { "item": "XYZ1", "dimensions": { "l": 70, "w": 75, "uom": "cm" } },
        ]),
    )
    .await;
    let pairs = || Ware.dimensions.expr().object_to_array();
    let found = computed(&wares, pairs(), doc! { "$objectToArray": "$dimensions" }).await;
    assert_eq!((&*found[0][2].k, &found[0][2].v), ("uom", &Bson::from("cm")));
    let raw = doc! { "$arrayToObject": { "$objectToArray": "$dimensions" } };
    let found = computed(&wares, pairs().array_to_object(), raw).await;
    assert_eq!(found[0]["l"], Bson::from(25));
}

#[derive(Document)]
#[document(collection = "inventory")]
struct Stock {
    id: i32,
    item: String,
    instock: BTreeMap<String, i32>,
}

// covers: T10
#[odmium::test]
async fn object_to_array_sums_nested_fields(db: Database) {
    #[derive(Embedded, Debug)]
    #[document(group)]
    struct Warehouse {
        #[field(id)]
        name: String,
        total: i64,
    }
    let stock = page::<Stock>(
        &db,
        numbered([
            doc! { "item": "ABC1", "instock": { "warehouse1": 2500, "warehouse2": 500 } },
            doc! { "item": "ABC2", "instock": { "warehouse2": 500, "warehouse3": 200 } },
        ]),
    )
    .await;
    let typed =
        Pipeline::new().unwind(Stock.instock.expr().object_to_array()).with_fields(|rows, (_, pair)| {
            rows.group_by(pair.expr().key(), |g| WarehouseGroup { total: g.sum(pair.expr().value()) })
        });
    let raw = [
        doc! { "$addFields": { "instock": { "$objectToArray": "$instock" } } },
        doc! { "$unwind": "$instock" },
        doc! { "$group": { "_id": "$instock.k", "total": { "$sum": "$instock.v" } } },
    ];
    let found = same(&stock, typed, raw).await;
    assert_eq!(found.iter().find(|it| it.name == "warehouse2").unwrap().total, 1000);

    // With a total among the fields.
    let pairs = || Stock.instock.expr().object_to_array();
    let total = pairs().map(|pair| pair.value()).sum();
    let typed = pairs().concat_arrays(array([key_value("total", total)])).array_to_object();
    let pairs = doc! { "$objectToArray": "$instock" };
    let total = doc! { "$sum": { "$map": { "input": &pairs, "in": "$$this.v" } } };
    let raw = doc! { "$arrayToObject": { "$concatArrays": [pairs, [{ "k": "total", "v": total }]] } };
    let found = computed(&stock, typed, raw).await;
    assert_eq!((found[0]["total"], found[1]["total"]), (3000, 700));
}

// covers: T10
#[odmium::test]
async fn array_to_object_of_both_forms(db: Database) {
    // Pairs of key and value, as documents or as arrays.
    #[derive(Document)]
    #[document(collection = "inventory")]
    struct Ware {
        id: i32,
        dimensions: Vec<Bson>,
    }
    let wares = page::<Ware>(
        &db,
        numbered([
            doc! { "dimensions": [{ "k": "l", "v": 25 }, { "k": "w", "v": 10 }, { "k": "uom", "v": "cm" }] },
            doc! { "dimensions": [["l", 50], ["w", 25], ["uom", "cm"]] },
            doc! { "dimensions": [{ "k": "l", "v": 25 }, { "k": "l", "v": "cm" }] },
        ]),
    )
    .await;
    let raw = doc! { "$arrayToObject": "$dimensions" };
    let found = computed(&wares, Ware.dimensions.expr().array_to_object(), raw).await;
    assert_eq!(found[1], doc! { "l": 50, "w": 25, "uom": "cm" });
    assert_eq!(found[2], doc! { "l": "cm" });
    let pairs = array(["a", "b"].map(odmium::expr::literal)).zip(odmium::expr::range(0, 2, 1));
    let typed = pairs.map(|pair| key_value(pair.clone().members().0.concat(""), pair.members().1));
    let raw = doc! { "$arrayToObject": { "$zip": { "inputs": [["a", "b"], { "$range": [0, 2] }] } } };
    assert_eq!(computed(&wares, typed.array_to_object(), raw).await[0]["b"], 1);
}

// covers: T10
#[odmium::test]
async fn set_and_unset_field(db: Database) {
    #[derive(Document, Debug, PartialEq)]
    #[document(collection = "inventory")]
    struct Ware {
        id: i32,
        item: String,
        qty: Option<i32>,
        price: Price,
    }
    #[derive(Embedded, Debug, PartialEq)]
    struct Price {
        usd: f64,
        euro: Option<f64>,
    }
    let ware = |item: &str, qty: i32, usd: f64| {
        doc! { "item": item, "qty": qty, "price": { "usd": usd, "euro": usd * 0.5 } }
    };
    let wares =
        page::<Ware>(&db, numbered([ware("sweatshirt", 300, 45.99), ware("winter coat", 200, 499.99)])).await;
    let typed = Pipeline::new().replace_with(root().set_field(Ware.price.usd, 19.99));
    let price = doc! { "$setField": { "field": "usd", "input": "$price", "value": 19.99 } };
    let raw =
        doc! { "$replaceWith": { "$setField": { "field": "price", "input": "$$ROOT", "value": price } } };
    assert_eq!(same(&wares, typed, [raw]).await[1].price.usd, 19.99);
    let typed = Pipeline::new().replace_with(root().unset_field(Ware.qty));
    let raw = doc! { "$replaceWith": { "$unsetField": { "field": "qty", "input": "$$ROOT" } } };
    assert_eq!(same(&wares, typed, [raw]).await[0].qty, None);
    let raw = doc! { "$getField": { "field": "usd", "input": "$price" } };
    assert_eq!(computed(&wares, Ware.price.expr().get(Price.usd), raw).await, [45.99, 499.99]);
    let typed = Ware.price.expr().merge_objects(
        Ware.qty
            .expr()
            .gt(250)
            .cond(object().field("usd", 1.5).build().raw_as::<Price>().optional(), remove()),
    );
    let raw = doc! { "$mergeObjects": [
        "$price", { "$cond": [{ "$gt": ["$qty", 250] }, { "usd": 1.5 }, "$$REMOVE"] },
    ] };
    assert_eq!(computed(&wares, typed, raw).await[0].usd, 1.5);
}

// covers: T10
#[odmium::test]
async fn merge_objects_adds_fields_to_elements(db: Database) {
    #[derive(Embedded, Debug, PartialEq)]
    struct Item {
        price: i32,
        qty: i32,
    }
    #[derive(Embedded, Debug, PartialEq)]
    #[document(shape)]
    struct Line {
        #[field(flatten)]
        item: Item,
        total: i32,
    }
    #[derive(Document)]
    #[document(collection = "orders")]
    struct Order {
        id: i32,
        items: Vec<Item>,
    }
    let items = [doc! { "price": 5, "qty": 3 }, doc! { "price": 7, "qty": 1 }];
    let orders = page::<Order>(&db, numbered([doc! { "items": items.to_vec() }])).await;
    let typed = Order.items.expr().map(|item| {
        let total = item.get(Item.price) * item.get(Item.qty);
        item.add_fields(LineShape { total })
    });
    let total = doc! { "$multiply": ["$$this.price", "$$this.qty"] };
    let raw =
        doc! { "$map": { "input": "$items", "in": { "$mergeObjects": ["$$this", { "total": total }] } } };
    let found = computed(&orders, typed, raw).await;
    assert_eq!(found[0][0], Line { item: Item { price: 5, qty: 3 }, total: 15 });
}

// covers: T10
#[odmium::test]
async fn merge_objects_of_a_group(db: Database) {
    #[derive(Document)]
    #[document(collection = "sales")]
    struct Sales {
        id: i32,
        item: String,
        quantity: BTreeMap<String, i32>,
    }
    #[derive(Embedded, Debug)]
    #[document(group, rename_all = "camelCase")]
    struct Merged {
        #[field(id)]
        item: String,
        merged_sales: Bag,
    }
    let sales = page::<Sales>(
        &db,
        numbered([
            doc! { "year": 2017, "item": "A", "quantity": { "2017Q1": 500, "2017Q2": 500 } },
            doc! { "year": 2016, "item": "A", "quantity": { "2016Q1": 400, "2016Q2": 300 } },
            doc! { "year": 2017, "item": "B", "quantity": { "2017Q1": 300 } },
            doc! { "year": 2016, "item": "B", "quantity": { "2016Q3": 100, "2016Q4": 250 } },
        ]),
    )
    .await;
    let typed = Pipeline::new()
        .group_by(Sales.item, |g| MergedGroup { merged_sales: g.merge_objects(Sales.quantity) });
    let raw = [doc! { "$group": { "_id": "$item", "mergedSales": { "$mergeObjects": "$quantity" } } }];
    let found = same(&sales, typed, raw).await;
    let b = found.iter().find(|it| it.item == "B").unwrap();
    assert_eq!(b.merged_sales, doc! { "2017Q1": 300, "2016Q3": 100, "2016Q4": 250 });
}

// covers: T10
#[odmium::test]
async fn bson_size_of_documents(db: Database) {
    #[derive(Document)]
    #[document(collection = "employees")]
    struct Employee {
        id: i32,
        current_task: Task,
    }
    #[derive(Embedded)]
    struct Task {
        project_name: String,
    }
    let employees = page::<Employee>(
        &db,
        numbered([
            doc! { "name": "Alice", "current_task": { "project_name": "Aggregation Improvements" } },
            doc! { "name": "Bob", "current_task": { "project_name": "" } },
        ]),
    )
    .await;
    let sizes = computed(&employees, root().bson_size(), doc! { "$bsonSize": "$$ROOT" }).await;
    assert!(sizes[0] > sizes[1]);
    let task = Employee.current_task.expr();
    let found = computed(&employees, task.bson_size(), doc! { "$bsonSize": "$current_task" }).await;
    assert_eq!(found, [48, 24]);
}
