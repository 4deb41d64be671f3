//! `$lookup`.

use odmium::{
    Database,
    bson::{DateTime, Document, doc},
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{beside, date, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct Order {
    id: i32,
    item: Option<String>,
    price: Option<i32>,
    quantity: Option<i32>,
}

#[derive(Document, Debug)]
#[document(collection = "inventory")]
struct Inventory {
    id: i32,
    sku: Option<String>,
    description: Option<String>,
    instock: Option<i32>,
}

fn orders() -> Vec<Document> {
    vec![
        doc! { "_id": 1, "item": "almonds", "price": 12, "quantity": 2 },
        doc! { "_id": 2, "item": "pecans", "price": 20, "quantity": 1 },
    ]
}

// covers: T10, C8
#[odmium::test]
async fn single_equality_join(db: Database) {
    let inventory = [
        doc! { "_id": 1, "sku": "almonds", "description": "product 1", "instock": 120 },
        doc! { "_id": 2, "sku": "bread", "description": "product 2", "instock": 80 },
        doc! { "_id": 3, "sku": "cashews", "description": "product 3", "instock": 60 },
        doc! { "_id": 4, "sku": "pecans", "description": "product 4", "instock": 70 },
        doc! { "_id": 5, "sku": null, "description": "Incomplete" },
        doc! { "_id": 6 },
    ];
    filled::<Inventory>(&db, inventory).await;
    let orders = filled::<Order>(&db, [orders(), vec![doc! { "_id": 3 }]].concat()).await;
    let typed = Pipeline::new().lookup(Order.item, Inventory.sku);
    let page = vec![doc! { "$lookup": {
        "from": "inventory", "localField": "item", "foreignField": "sku", "as": "inventory_docs",
    } }];
    let found = same_by(&orders, typed, page, beside(&["inventory_docs"])).await;
    let (order, docs) = found.iter().find(|(order, _)| order.id == 3).unwrap();
    assert_eq!(
        (order.item.as_deref(), docs.iter().map(|doc| doc.id).collect::<Vec<_>>()),
        (None, vec![5, 6])
    );
}

#[derive(Document, Debug)]
#[document(collection = "classes")]
struct Class {
    id: i32,
    title: String,
    enrollmentlist: Vec<String>,
    days: Vec<String>,
}

#[derive(Document, Debug)]
#[document(collection = "members")]
struct Member {
    id: i32,
    name: String,
    joined: DateTime,
    status: String,
}

// covers: T10, C8
#[odmium::test]
async fn with_an_array(db: Database) {
    let class = |id: i32, title: &str, list: &[&str], days: &[&str]| {
        doc! { "_id": id, "title": title, "enrollmentlist": list.to_vec(), "days": days.to_vec() }
    };
    let classes = [
        class(1, "Reading is ...", &["giraffe2", "pandabear", "artie"], &["M", "W", "F"]),
        class(2, "But Writing ...", &["giraffe1", "artie"], &["T", "F"]),
    ];
    let member = |id: i32, name: &str, joined: &str, status: &str| {
        doc! { "_id": id, "name": name, "joined": date(joined), "status": status }
    };
    let members = [
        member(1, "artie", "2016-05-01", "A"),
        member(2, "giraffe", "2017-05-01", "D"),
        member(3, "giraffe1", "2017-10-01", "A"),
        member(4, "panda", "2018-10-11", "A"),
        member(5, "pandabear", "2018-12-01", "A"),
        member(6, "giraffe2", "2018-12-01", "D"),
    ];
    filled::<Member>(&db, members).await;
    let classes = filled::<Class>(&db, classes).await;
    let typed = Pipeline::new().lookup(Class.enrollmentlist, Member.name);
    let page = vec![doc! { "$lookup": {
        "from": "members", "localField": "enrollmentlist", "foreignField": "name", "as": "enrollee_info",
    } }];
    let found = same_by(&classes, typed, page, beside(&["enrollee_info"])).await;
    assert_eq!(found.iter().map(|(_, members)| members.len()).collect::<Vec<_>>(), [3, 2]);
}

#[derive(Document, Debug)]
#[document(collection = "items")]
struct Item {
    id: i32,
    item: String,
    description: String,
    instock: i32,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Described {
    #[field(id)]
    id: i32,
    item: Option<String>,
    price: Option<i32>,
    quantity: Option<i32>,
    description: Option<String>,
    instock: Option<i32>,
}

// covers: T10, C8
#[odmium::test]
async fn with_merge_objects(db: Database) {
    let items = [
        doc! { "_id": 1, "item": "almonds", "description": "almond clusters", "instock": 120 },
        doc! { "_id": 2, "item": "bread", "description": "raisin and nut bread", "instock": 80 },
        doc! { "_id": 3, "item": "pecans", "description": "candied pecans", "instock": 60 },
    ];
    filled::<Item>(&db, items).await;
    let orders = filled::<Order>(&db, orders()).await;
    // Not a merge of whole documents, but the fields that it adds, by their names.
    let typed = Pipeline::new().lookup_one(Order.item, Item.item).with_fields(|rows, (order, item)| {
        rows.project(DescribedShape {
            id: order.id.expr(),
            item: order.item.expr(),
            price: order.price.expr(),
            quantity: order.quantity.expr(),
            description: item.description.expr().optional(),
            instock: item.instock.expr().optional(),
        })
    });
    let page = vec![
        doc! { "$lookup": { "from": "items", "localField": "item", "foreignField": "item", "as": "fromItems" } },
        doc! { "$replaceRoot": { "newRoot": { "$mergeObjects": [{ "$arrayElemAt": ["$fromItems", 0] }, "$$ROOT"] } } },
        doc! { "$project": { "fromItems": 0 } },
    ];
    let found = same(&orders, typed, page).await;
    let pecans = &found[1];
    assert_eq!(
        (pecans.id, pecans.description.as_deref(), pecans.instock),
        (2, Some("candied pecans"), Some(60))
    );
}

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct Ordered {
    id: i32,
    item: String,
    price: i32,
    ordered: i32,
}

#[derive(Document, Debug)]
#[document(collection = "warehouses")]
struct Warehouse {
    id: i32,
    stock_item: String,
    warehouse: String,
    instock: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Warehouse)]
struct Stock {
    warehouse: String,
    instock: i32,
}

// covers: T10, C8
#[odmium::test]
async fn multiple_joins_and_a_correlated_subquery(db: Database) {
    let orders = [(1, "almonds", 12, 2), (2, "pecans", 20, 1), (3, "cookies", 10, 60)];
    let orders = orders.map(
        |(id, item, price, ordered)| doc! { "_id": id, "item": item, "price": price, "ordered": ordered },
    );
    let stock = [
        (1, "almonds", "A", 120),
        (2, "pecans", "A", 80),
        (3, "almonds", "B", 60),
        (4, "cookies", "B", 40),
        (5, "cookies", "A", 80),
    ];
    let stock = stock.map(|(id, item, warehouse, instock)| {
        doc! { "_id": id, "stock_item": item, "warehouse": warehouse, "instock": instock }
    });
    filled::<Warehouse>(&db, stock).await;
    let orders = filled::<Ordered>(&db, orders).await;
    let typed = Pipeline::new().lookup_pipeline(|order| {
        let item = Warehouse.stock_item.expr().eq(order.value(Ordered.item));
        let enough = Warehouse.instock.expr().gte(order.value(Ordered.ordered));
        Pipeline::new().filter(Filter::expr(item & enough)).project_as::<Stock>()
    });
    let page = vec![doc! { "$lookup": {
        "from": "warehouses",
        "let": { "order_item": "$item", "order_qty": "$ordered" },
        "pipeline": [
            { "$match": { "$expr": { "$and": [
                { "$eq": ["$stock_item", "$$order_item"] }, { "$gte": ["$instock", "$$order_qty"] },
            ] } } },
            { "$project": { "stock_item": 0, "_id": 0 } },
        ],
        "as": "stockdata",
    } }];
    let found = same_by(&orders, typed, page, beside(&["stockdata"])).await;
    let (_, cookies) = found.iter().find(|(order, _)| order.item == "cookies").unwrap();
    assert_eq!(*cookies, [Stock { warehouse: "A".into(), instock: 80 }]);
}

#[derive(Document, Debug)]
#[document(collection = "absences")]
struct Absence {
    id: i32,
    student: String,
    sickdays: Vec<DateTime>,
}

#[derive(Document, Debug)]
#[document(collection = "holidays")]
struct Holiday {
    id: i32,
    year: i32,
    name: String,
    date: DateTime,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct FreeDay {
    name: String,
    date: DateTime,
}

// covers: T10, C8
#[odmium::test]
async fn uncorrelated_subquery(db: Database) {
    let absences =
        [(1, "Ann Aardvark", ["2018-05-01", "2018-08-23"]), (2, "Zoe Zebra", ["2018-02-01", "2018-05-23"])];
    let absences = absences
        .map(|(id, student, days)| doc! { "_id": id, "student": student, "sickdays": days.map(date) });
    let holidays = [
        (1, 2018, "New Years", "2018-01-01"),
        (2, 2018, "Pi Day", "2018-03-14"),
        (3, 2018, "Ice Cream Day", "2018-07-15"),
        (4, 2017, "New Years", "2017-01-01"),
        (5, 2017, "Ice Cream Day", "2017-07-16"),
    ];
    let holidays = holidays
        .map(|(id, year, name, day)| doc! { "_id": id, "year": year, "name": name, "date": date(day) });
    filled::<Holiday>(&db, holidays).await;
    let absences = filled::<Absence>(&db, absences).await;
    let typed = Pipeline::new().lookup_pipeline(|_| {
        Pipeline::new()
            .filter(Holiday.year.eq(2018))
            .replace_root(FreeDayShape { name: Holiday.name.expr(), date: Holiday.date.expr() })
    });
    let page = vec![doc! { "$lookup": {
        "from": "holidays",
        "pipeline": [
            { "$match": { "year": 2018 } },
            { "$project": { "_id": 0, "date": { "name": "$name", "date": "$date" } } },
            { "$replaceRoot": { "newRoot": "$date" } },
        ],
        "as": "holidays",
    } }];
    let found = same_by(&absences, typed, page, beside(&["holidays"])).await;
    assert_eq!(found[0].1[1], FreeDay { name: "Pi Day".into(), date: date("2018-03-14") });
}

#[derive(Document, Debug)]
#[document(collection = "restaurants")]
struct Restaurant {
    id: i32,
    name: String,
    food: Vec<String>,
    beverages: Vec<String>,
}

#[derive(Document, Debug)]
#[document(collection = "orders")]
struct Meal {
    id: i32,
    item: String,
    restaurant_name: String,
    drink: Option<String>,
}

// covers: T10, C8
#[odmium::test]
async fn concise_correlated_subquery(db: Database) {
    let restaurants = [
        doc! { "_id": 1, "name": "American Steak House", "food": ["filet", "sirloin"], "beverages": ["beer", "wine"] },
        doc! { "_id": 2, "name": "Honest John Pizza", "food": ["cheese pizza", "pepperoni pizza"], "beverages": ["soda"] },
    ];
    let meals = [
        doc! { "_id": 1, "item": "filet", "restaurant_name": "American Steak House" },
        doc! { "_id": 2, "item": "cheese pizza", "restaurant_name": "Honest John Pizza", "drink": "lemonade" },
        doc! { "_id": 3, "item": "cheese pizza", "restaurant_name": "Honest John Pizza", "drink": "soda" },
    ];
    filled::<Restaurant>(&db, restaurants).await;
    let meals = filled::<Meal>(&db, meals).await;
    let typed = Pipeline::new().lookup_pipeline_where(Meal.restaurant_name, Restaurant.name, |meal| {
        let drink = meal.value(Meal.drink);
        Pipeline::new().filter(Filter::expr(drink.is_in(Restaurant.beverages)))
    });
    let page = vec![doc! { "$lookup": {
        "from": "restaurants", "localField": "restaurant_name", "foreignField": "name",
        "let": { "orders_drink": "$drink" },
        "pipeline": [{ "$match": { "$expr": { "$in": ["$$orders_drink", "$beverages"] } } }],
        "as": "matches",
    } }];
    let found = same_by(&meals, typed, page, beside(&["matches"])).await;
    assert_eq!(found.iter().map(|(_, found)| found.len()).collect::<Vec<_>>(), [0, 0, 1]);
}
