//! `$group`.

use odmium::{
    Database,
    bson::{DateTime, Decimal128, Document, doc},
    expr::root,
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{columns, date, decimal, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "sales")]
struct Sale {
    id: i32,
    item: String,
    price: Decimal128,
    quantity: i32,
    date: DateTime,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct OfDay {
    #[field(id)]
    day: String,
    total_sale_amount: Decimal128,
    average_quantity: Option<f64>,
    count: i64,
}

#[derive(Embedded, Debug)]
#[document(group, rename_all = "camelCase")]
struct OfAll {
    total_sale_amount: Decimal128,
    average_quantity: Option<f64>,
    count: i64,
}

fn sales() -> Vec<Document> {
    let sale = |id: i32, item: &str, price: &str, quantity: i32, at: &str| {
        doc! { "_id": id, "item": item, "price": decimal(price), "quantity": quantity, "date": date(at) }
    };
    vec![
        sale(1, "abc", "10", 2, "2014-03-01T08:00:00Z"),
        sale(2, "jkl", "20", 1, "2014-03-01T09:00:00Z"),
        sale(3, "xyz", "5", 10, "2014-03-15T09:00:00Z"),
        sale(4, "xyz", "5", 20, "2014-04-04T11:21:39.736Z"),
        sale(5, "abc", "10", 10, "2014-04-04T21:23:13.331Z"),
        sale(6, "def", "7.5", 5, "2015-06-04T05:08:13Z"),
        sale(7, "def", "7.5", 10, "2015-09-10T08:43:00Z"),
        sale(8, "abc", "10", 5, "2016-02-06T20:20:13Z"),
    ]
}

// covers: T10
#[odmium::test]
async fn count_the_number_of_documents(db: Database) {
    let sales = filled::<Sale>(&db, sales()).await;
    let page = vec![doc! { "$group": { "_id": null, "count": { "$count": {} } } }];
    let typed = Pipeline::new().group_all(|g| (g.count(),));
    assert_eq!(same_by(&sales, typed, page, columns(&["count"])).await, [(8,)]);
}

// covers: T10
#[odmium::test]
async fn retrieve_distinct_values(db: Database) {
    let sales = filled::<Sale>(&db, sales()).await;
    let typed = Pipeline::new().group_by(Sale.item, |_| ());
    let page = vec![doc! { "$group": { "_id": "$item" } }];
    let mut found = same_by(&sales, typed, page, columns(&["_id"])).await;
    found.sort();
    assert_eq!(found, ["abc", "def", "jkl", "xyz"].map(|item| (item.to_owned(),)));
}

// covers: T10
#[odmium::test]
async fn group_by_item_having(db: Database) {
    let sales = filled::<Sale>(&db, sales()).await;
    let typed = Pipeline::new()
        .group_by(Sale.item, |g| (g.sum(Sale.price * Sale.quantity),))
        .with_fields(|rows, (_, total)| rows.filter(total.gte(decimal("100"))));
    let page = vec![
        doc! { "$group": { "_id": "$item", "totalSaleAmount": { "$sum": { "$multiply": ["$price", "$quantity"] } } } },
        doc! { "$match": { "totalSaleAmount": { "$gte": 100 } } },
    ];
    let mut found = same_by(&sales, typed, page, columns(&["_id", "totalSaleAmount"])).await;
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let names: Vec<_> = found.iter().map(|(item, total)| (&**item, total.to_string())).collect();
    assert_eq!(names, [("abc", "170".to_owned()), ("def", "112.5".to_owned()), ("xyz", "150".to_owned())]);
}

// covers: T10
#[odmium::test]
async fn group_by_day_of_the_year(db: Database) {
    let sales = filled::<Sale>(&db, sales()).await;
    let typed = Pipeline::new()
        .filter(Sale.date.gte(date("2014-01-01")) & Sale.date.lt(date("2015-01-01")))
        .group_by(Sale.date.expr().date_to_string("%Y-%m-%d"), |g| OfDayGroup {
            total_sale_amount: g.sum(Sale.price * Sale.quantity),
            average_quantity: g.avg(Sale.quantity),
            count: g.count(),
        })
        .sort(OfDay.total_sale_amount.desc());
    let page = vec![
        doc! { "$match": { "date": { "$gte": date("2014-01-01"), "$lt": date("2015-01-01") } } },
        doc! { "$group": {
            "_id": { "$dateToString": { "format": "%Y-%m-%d", "date": "$date" } },
            "totalSaleAmount": { "$sum": { "$multiply": ["$price", "$quantity"] } },
            "averageQuantity": { "$avg": "$quantity" },
            "count": { "$sum": 1 },
        } },
        doc! { "$sort": { "totalSaleAmount": -1 } },
    ];
    let found = same(&sales, typed, page).await;
    assert_eq!((&*found[0].day, found[0].average_quantity), ("2014-04-04", Some(15.0)));
}

// covers: T10
#[odmium::test]
async fn group_by_null(db: Database) {
    let sales = filled::<Sale>(&db, sales()).await;
    let typed = Pipeline::new().group_all(|g| OfAllGroup {
        total_sale_amount: g.sum(Sale.price * Sale.quantity),
        average_quantity: g.avg(Sale.quantity),
        count: g.count(),
    });
    let page = vec![doc! { "$group": {
        "_id": null,
        "totalSaleAmount": { "$sum": { "$multiply": ["$price", "$quantity"] } },
        "averageQuantity": { "$avg": "$quantity" },
        "count": { "$sum": 1 },
    } }];
    let found = same(&sales, typed, page).await;
    assert_eq!(
        (found[0].total_sale_amount.to_string(), found[0].average_quantity),
        ("452.5".into(), Some(7.875))
    );
}

#[derive(Document, Debug)]
#[document(collection = "books")]
struct Book {
    id: i32,
    title: String,
    author: String,
    copies: i32,
}

#[derive(Embedded, Debug)]
#[document(group)]
struct Works {
    #[field(id)]
    author: String,
    books: Vec<Book>,
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct WorksInAll {
    #[field(flatten)]
    works: Works,
    total_copies: i32,
}

fn books() -> Vec<Document> {
    let book = |id: i32, title: &str, author: &str, copies: i32| {
        doc! { "_id": id, "title": title, "author": author, "copies": copies }
    };
    vec![
        book(8751, "The Banquet", "Dante", 2),
        book(8752, "Divine Comedy", "Dante", 1),
        book(8645, "Eclogues", "Dante", 2),
        book(7000, "The Odyssey", "Homer", 10),
        book(7020, "Iliad", "Homer", 10),
    ]
}

// covers: T10
#[odmium::test]
async fn pivot_titles_by_author(db: Database) {
    let books = filled::<Book>(&db, books()).await;
    let typed = Pipeline::new().group_by(Book.author, |g| (g.push(Book.title),));
    let page = vec![doc! { "$group": { "_id": "$author", "books": { "$push": "$title" } } }];
    let found = same_by(&books, typed, page, columns(&["_id", "books"])).await;
    let homer = ("Homer".to_owned(), vec!["The Odyssey".to_owned(), "Iliad".to_owned()]);
    assert!(found.contains(&homer), "{found:?}");
}

// covers: T10
#[odmium::test]
async fn group_documents_by_author(db: Database) {
    let books = filled::<Book>(&db, books()).await;
    let typed = Pipeline::new().group_by(Book.author, |g| WorksGroup { books: g.push(root()) }).add_fields(
        WorksInAllShape { total_copies: Works.books.expr().map(|book| book.get(Book.copies)).sum() },
    );
    let page = vec![
        doc! { "$group": { "_id": "$author", "books": { "$push": "$$ROOT" } } },
        doc! { "$addFields": { "totalCopies": { "$sum": "$books.copies" } } },
    ];
    let found = same(&books, typed, page).await;
    let dante = found.iter().find(|all| all.works.author == "Dante").unwrap();
    assert_eq!((dante.works.books.len(), dante.total_copies), (3, 5));
}
