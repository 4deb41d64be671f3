//! `$unwind`.

use odmium::{
    Database, Expr,
    bson::{Bson, Decimal128, Document, doc},
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{beside, columns, decimal, filled, same_by};

#[derive(Document, Debug)]
#[document(collection = "inventory")]
struct Shirt {
    id: i32,
    item: String,
    sizes: Vec<String>,
}

// covers: T10
#[odmium::test]
async fn unwind_array(db: Database) {
    let shirts = filled::<Shirt>(&db, [doc! { "_id": 1, "item": "ABC1", "sizes": ["S", "M", "L"] }]).await;
    let typed = Pipeline::new().unwind(Shirt.sizes);
    let found = same_by(&shirts, typed, vec![doc! { "$unwind": "$sizes" }], beside(&["sizes"])).await;
    assert_eq!(found.iter().map(|(_, size)| &**size).collect::<Vec<_>>(), ["S", "M", "L"]);
}

/// The page has a document whose `sizes` is one text: a field that may be either has no type of its own here.
#[derive(Document, Debug)]
#[document(collection = "inventory2")]
struct Stocked {
    id: i32,
    item: String,
    price: Decimal128,
    sizes: Option<Bson>,
}

fn inventory() -> Vec<Document> {
    let stocked =
        |id: i32, item: &str, price: &str| doc! { "_id": id, "item": item, "price": decimal(price) };
    let mut all = vec![
        stocked(1, "ABC", "80"),
        stocked(2, "EFG", "120"),
        stocked(3, "IJK", "160"),
        stocked(4, "LMN", "10"),
        stocked(5, "XYZ", "5.75"),
    ];
    all[0].insert("sizes", ["S", "M", "L"]);
    all[1].insert("sizes", Vec::<String>::new());
    all[2].insert("sizes", "M");
    all[4].insert("sizes", Bson::Null);
    all
}

/// `sizes` as the array that `$unwind` takes every value for.
fn sizes() -> Expr<Stocked, Vec<String>> {
    Stocked.sizes.expr().raw_as()
}

// covers: T10
#[odmium::test]
async fn include_array_index_and_preserve_null_and_empty_arrays(db: Database) {
    let stock = filled::<Stocked>(&db, inventory()).await;
    let page = vec![doc! { "$unwind": { "path": "$sizes" } }];
    let found = same_by(&stock, Pipeline::new().unwind(sizes()), page, beside(&["sizes"])).await;
    assert_eq!(found.last().map(|(stock, size)| (stock.id, &**size)), Some((3, "M")));

    // The server has no index for what is no array: the typed form without `None` reads those that are.
    let arrays = Pipeline::new().filter(Stocked.id.ne(3)).unwind_with_index(sizes());
    let page = vec![
        doc! { "$match": { "_id": { "$ne": 3 } } },
        doc! { "$unwind": { "path": "$sizes", "includeArrayIndex": "arrayIndex" } },
    ];
    let found = same_by(&stock, arrays, page, beside(&["sizes", "arrayIndex"])).await;
    assert_eq!(found.iter().map(|(.., index)| *index).collect::<Vec<_>>(), [0, 1, 2]);
    let all = Pipeline::new().unwind_or_none_with_index(sizes());
    let page = vec![doc! { "$unwind": {
        "path": "$sizes", "includeArrayIndex": "arrayIndex", "preserveNullAndEmptyArrays": true,
    } }];
    let found = same_by(&stock, all, page, beside(&["sizes", "arrayIndex"])).await;
    let scalar = found.iter().find(|(stock, ..)| stock.id == 3).unwrap();
    assert_eq!((scalar.1.as_deref(), scalar.2), (Some("M"), None));

    let page = vec![doc! { "$unwind": { "path": "$sizes", "preserveNullAndEmptyArrays": true } }];
    let found = same_by(&stock, Pipeline::new().unwind_or_none(sizes()), page, beside(&["sizes"])).await;
    let none: Vec<_> = found.iter().filter(|(_, size)| size.is_none()).map(|(stock, _)| stock.id).collect();
    assert_eq!(none, [2, 4, 5]);
}

// covers: T10
#[odmium::test]
async fn group_by_unwound_values(db: Database) {
    let stock = filled::<Stocked>(&db, inventory()).await;
    let typed = Pipeline::new()
        .unwind_or_none(sizes())
        .with_fields(|rows, (stock, size)| rows.group_by(size, |g| (g.avg(stock.price),)))
        .with_fields(|rows, (size, average)| rows.sort((average.desc(), size.asc())));
    let page = vec![
        doc! { "$unwind": { "path": "$sizes", "preserveNullAndEmptyArrays": true } },
        doc! { "$group": { "_id": "$sizes", "averagePrice": { "$avg": "$price" } } },
        doc! { "$sort": { "averagePrice": -1, "_id": 1 } },
    ];
    let found = same_by(&stock, typed, page, columns(&["_id", "averagePrice"])).await;
    assert_eq!(found[0], (Some("M".to_owned()), Some(decimal("120"))));
    assert_eq!(found[3], (None, Some(decimal("45.25"))));
}

#[derive(Document, Debug)]
#[document(collection = "sales")]
struct Sale {
    id: String,
    items: Vec<Sold>,
}

#[derive(Embedded, Debug)]
struct Sold {
    name: String,
    tags: Vec<String>,
    price: Decimal128,
    quantity: i32,
}

// covers: T10
#[odmium::test]
async fn unwind_embedded_arrays(db: Database) {
    let sold = |name: &str, tags: &[&str], price: &str, quantity: i32| {
        doc! { "name": name, "tags": tags.to_vec(), "price": decimal(price), "quantity": quantity }
    };
    let sales = [
        doc! { "_id": "1", "items": [
            sold("pens", &["writing", "office", "school", "stationary"], "12.00", 5),
            sold("envelopes", &["stationary", "office"], "1.95", 8),
        ] },
        doc! { "_id": "2", "items": [
            sold("laptop", &["office", "electronics"], "800.00", 1),
            sold("notepad", &["stationary", "school"], "14.95", 3),
        ] },
    ];
    let sales = filled::<Sale>(&db, sales).await;
    let typed = Pipeline::new()
        .unwind_elements(Sale.items)
        .unwind(Sold.tags)
        .with_fields(|rows, (item, tag)| rows.group_by(tag, |g| (g.sum(item.price * item.quantity),)));
    let page = vec![
        doc! { "$unwind": "$items" },
        doc! { "$unwind": "$items.tags" },
        doc! { "$group": {
            "_id": "$items.tags",
            "totalSalesAmount": { "$sum": { "$multiply": ["$items.price", "$items.quantity"] } },
        } },
    ];
    let found = same_by(&sales, typed, page, columns(&["_id", "totalSalesAmount"])).await;
    assert!(found.contains(&("electronics".to_owned(), decimal("800.00"))), "{found:?}");
}
