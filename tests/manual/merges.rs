//! `$merge`, `$out`, and on-demand materialised views.

use odmium::{
    Collection, Database,
    bson::{DateTime, Decimal128, Document, doc, oid::ObjectId},
    expr::variable,
    pipeline::{Merge, Pipeline, WhenMatched, WhenNotMatched, Writing},
    prelude::*,
    update::UpdatePipeline,
};

use super::compare::{agree, date, decimal, filled, stored};

/// Both leave the same documents in a collection; each begins with `before`. `_id`s that the server gives are left out.
async fn same_stored<S: odmium::model::Document>(
    from: &Collection<S>,
    typed: Writing<S>,
    page: Vec<Document>,
    (db, collection, before): (&Database, &str, &[Document]),
) -> Vec<Document> {
    let target = db.inner().collection::<Document>(collection);
    let mut results = Vec::new();
    let mut typed = Some(typed);
    while results.len() < 2 {
        target.delete_many(doc! {}).await.unwrap();
        if !before.is_empty() {
            target.insert_many(before).await.unwrap();
        }
        match typed.take() {
            Some(typed) => from.aggregate().then_write(typed).await.unwrap(),
            None => drop(from.inner().aggregate(page.clone()).await.unwrap()),
        };
        let mut found = stored(db, collection).await;
        for document in &mut found {
            if document.get_object_id("_id").is_ok() {
                document.remove("_id");
            }
        }
        results.push(found);
    }
    let of_page = results.pop().unwrap();
    let of_typed = results.pop().unwrap();
    agree(of_typed.clone(), of_page, false);
    of_typed
}

/// The name of another database; the name of a test's own is as long as it may be.
fn reporting(db: &Database) -> String {
    let (_, number) = db.name().rsplit_once('_').unwrap();
    format!("reporting_{number}")
}

#[derive(Document, Debug)]
#[document(collection = "salaries")]
struct Salary {
    id: i32,
    employee: String,
    dept: String,
    salary: i32,
    fiscal_year: i32,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(shape)]
struct YearAndDept {
    fiscal_year: i32,
    dept: String,
}

#[derive(Document, Debug)]
#[document(collection = "budgets", group)]
struct Budget {
    id: YearAndDept,
    salaries: i64,
}

fn salaries() -> Vec<Document> {
    let all = [
        ("Ant", "A", 100_000, 2017),
        ("Bee", "A", 120_000, 2017),
        ("Cat", "Z", 115_000, 2017),
        ("Ant", "A", 115_000, 2018),
        ("Bee", "Z", 145_000, 2018),
        ("Cat", "Z", 135_000, 2018),
        ("Gecko", "A", 100_000, 2018),
        ("Ant", "A", 125_000, 2019),
        ("Bee", "Z", 160_000, 2019),
        ("Cat", "Z", 150_000, 2019),
    ];
    let more = [
        ("Wren", "Z", 100_000, 2019),
        ("Zebra", "A", 150_000, 2019),
        ("headcount1", "Z", 120_000, 2020),
        ("headcount2", "Z", 120_000, 2020),
    ];
    let salary = |(id, (employee, dept, salary, year)): (i32, (&str, &str, i32, i32))| {
        doc! { "_id": id, "employee": employee, "dept": dept, "salary": salary, "fiscal_year": year }
    };
    (1..).zip(all.into_iter().chain(more)).map(salary).collect()
}

fn key() -> YearAndDeptShape<Salary> {
    YearAndDeptShape { fiscal_year: Salary.fiscal_year.expr(), dept: Salary.dept.expr() }
}

// covers: T10
#[odmium::test]
async fn materialised_view_initial_creation_and_update(db: Database) {
    let reporting = reporting(&db);
    let elsewhere = Database::from(db.inner().client().database(&reporting));
    let salaries = filled::<Salary>(&db, salaries()).await;
    let budgets = |pipeline: Pipeline<Salary>| {
        let merge = Merge::new().database(&reporting).when_matched(WhenMatched::Replace);
        pipeline.group_by(key(), |g| BudgetGroup { salaries: g.sum(Salary.salary) }).merge(merge)
    };
    let group = doc! { "$group": {
        "_id": { "fiscal_year": "$fiscal_year", "dept": "$dept" }, "salaries": { "$sum": "$salary" },
    } };
    let merge = doc! { "$merge": {
        "into": { "db": &reporting, "coll": "budgets" }, "on": "_id", "whenMatched": "replace", "whenNotMatched": "insert",
    } };
    let ten = Pipeline::new().filter(Salary.id.lte(10));
    let page = vec![doc! { "$match": { "_id": { "$lte": 10 } } }, group.clone(), merge.clone()];
    let first = same_stored(&salaries, budgets(ten), page, (&elsewhere, "budgets", &[])).await;
    assert_eq!(first.len(), 6);
    let found = elsewhere
        .collection::<Budget>()
        .find(Budget.id.fiscal_year.eq(2019))
        .sort(Budget.id.asc())
        .await
        .unwrap();
    assert_eq!(found.iter().map(|budget| budget.salaries).collect::<Vec<_>>(), [125_000, 310_000]);

    let since = Pipeline::new().filter(Salary.fiscal_year.gte(2019));
    let page = vec![doc! { "$match": { "fiscal_year": { "$gte": 2019 } } }, group, merge];
    let second = same_stored(&salaries, budgets(since), page, (&elsewhere, "budgets", &first)).await;
    assert_eq!(second.len(), 7);
    assert_eq!(second[5].get_i32("salaries").unwrap(), 410_000);
    elsewhere.drop().await.unwrap();
}

#[derive(Document, Debug)]
#[document(collection = "orgArchive", shape, index(fiscal_year, dept, unique))]
struct Archived {
    id: Option<ObjectId>,
    employees: Vec<String>,
    dept: String,
    fiscal_year: i32,
}

// covers: T10
#[odmium::test]
async fn only_insert_new_data(db: Database) {
    let salaries = filled::<Salary>(&db, salaries()).await;
    let archived = |names: &[&str], dept: &str, year: i32| {
        doc! { "employees": names.to_vec(), "dept": dept, "fiscal_year": year }
    };
    let before = [
        archived(&["Ant", "Gecko"], "A", 2018),
        archived(&["Ant", "Bee"], "A", 2017),
        archived(&["Bee", "Cat"], "Z", 2018),
        archived(&["Cat"], "Z", 2017),
    ];
    db.collection::<Archived>().sync_indexes().await.unwrap();
    let archive = |year: i32, matched: WhenMatched| {
        Pipeline::new()
            .filter(Salary.fiscal_year.eq(year))
            .group_by(key(), |g| (g.push(Salary.employee),))
            .with_fields(|rows, (key, employees)| {
                rows.project(ArchivedShape {
                    id: odmium::expr::remove(),
                    employees: employees.expr(),
                    dept: key.dept.expr(),
                    fiscal_year: key.fiscal_year.expr(),
                })
            })
            .merge(Merge::new().on(Archived.dept).on(Archived.fiscal_year).when_matched(matched))
    };
    let page = |year: i32, matched: &str| {
        vec![
            doc! { "$match": { "fiscal_year": year } },
            doc! { "$group": { "_id": { "fiscal_year": "$fiscal_year", "dept": "$dept" }, "employees": { "$push": "$employee" } } },
            doc! { "$project": { "_id": 0, "dept": "$_id.dept", "fiscal_year": "$_id.fiscal_year", "employees": 1 } },
            doc! { "$merge": { "into": "orgArchive", "on": ["dept", "fiscal_year"], "whenMatched": matched } },
        ]
    };
    let to = (&db, "orgArchive", &before[..]);
    let found = same_stored(&salaries, archive(2019, WhenMatched::Fail), page(2019, "fail"), to).await;
    assert!(found.contains(&archived(&["Bee", "Cat", "Wren"], "Z", 2019)), "{found:?}");
    // The year is there already.
    let again = salaries.aggregate().then_write(archive(2019, WhenMatched::Fail)).await;
    assert!(again.unwrap_err().is_duplicate_key());
    let keep = archive(2018, WhenMatched::KeepExisting);
    let found = same_stored(&salaries, keep, page(2018, "keepExisting"), to).await;
    assert_eq!(found.len(), 4);
}

#[derive(Document, Debug)]
#[document(collection = "purchaseorders")]
struct Purchase {
    id: i32,
    quarter: String,
    region: String,
    qty: i32,
}

#[derive(Document, Debug)]
#[document(collection = "reportedsales")]
struct Reported {
    id: i32,
    quarter: String,
    region: String,
    qty: i32,
}

/// Each half of the report is a model of its own, as neither pipeline has the fields of the other one.
#[derive(Document, Debug)]
#[document(collection = "quarterlyreport", group)]
struct Purchased {
    id: String,
    purchased: i64,
}

#[derive(Document, Debug)]
#[document(collection = "quarterlyreport", group)]
struct Sold {
    id: String,
    sales: i64,
}

// covers: T10
#[odmium::test]
async fn merge_results_from_multiple_collections(db: Database) {
    let document = |(id, (quarter, region, qty)): (i32, (&str, &str, i32))| {
        doc! { "_id": id, "quarter": quarter, "region": region, "qty": qty }
    };
    let purchases = [
        ("2019Q1", "A", 200),
        ("2019Q1", "B", 300),
        ("2019Q1", "C", 700),
        ("2019Q2", "B", 300),
        ("2019Q2", "C", 1000),
        ("2019Q2", "A", 400),
    ];
    let purchases = filled::<Purchase>(&db, (1..).zip(purchases).map(document)).await;
    let sales = [("2019Q1", "A", 400), ("2019Q1", "B", 550), ("2019Q1", "C", 1000), ("2019Q2", "B", 500)];
    let sales = filled::<Reported>(&db, (1..).zip(sales).map(document)).await;
    let page = |field: &str| {
        vec![
            doc! { "$group": { "_id": "$quarter", field: { "$sum": "$qty" } } },
            doc! { "$merge": {
                "into": "quarterlyreport", "on": "_id", "whenMatched": "merge", "whenNotMatched": "insert",
            } },
        ]
    };
    let typed = Pipeline::new()
        .group_by(Purchase.quarter, |g| PurchasedGroup { purchased: g.sum(Purchase.qty) })
        .merge(Merge::new());
    let first = same_stored(&purchases, typed, page("purchased"), (&db, "quarterlyreport", &[])).await;
    let typed = Pipeline::new()
        .group_by(Reported.quarter, |g| SoldGroup { sales: g.sum(Reported.qty) })
        .merge(Merge::new());
    let found = same_stored(&sales, typed, page("sales"), (&db, "quarterlyreport", &first)).await;
    assert_eq!(
        found,
        [
            doc! { "_id": "2019Q1", "purchased": 1200, "sales": 1950 },
            doc! { "_id": "2019Q2", "purchased": 1700, "sales": 500 },
        ]
    );
}

#[derive(Document, Debug)]
#[document(collection = "votes")]
struct Vote {
    id: Id<Vote>,
    date: DateTime,
    thumbsup: i32,
    thumbsdown: i32,
}

#[derive(Document, Debug)]
#[document(collection = "monthlytotals", shape)]
struct Month {
    id: String,
    thumbsup: i32,
    thumbsdown: i32,
}

// covers: T10
#[odmium::test]
async fn use_the_pipeline_to_customize_the_merge(db: Database) {
    let vote = |day: &str, up: i32, down: i32| doc! { "date": date(day), "thumbsup": up, "thumbsdown": down };
    let votes = filled::<Vote>(&db, [vote("2019-05-06", 13, 16), vote("2019-05-07", 14, 10)]).await;
    let before = [doc! { "_id": "2019-05", "thumbsup": 26, "thumbsdown": 31 }];
    let days = || {
        Pipeline::new().filter(Vote.date.gte(date("2019-05-07")) & Vote.date.lt(date("2019-05-08"))).project(
            MonthShape {
                id: Vote.date.expr().date_to_string("%Y-%m"),
                thumbsup: Vote.thumbsup.expr(),
                thumbsdown: Vote.thumbsdown.expr(),
            },
        )
    };
    let new = variable::<Month, Month>("new");
    let add = UpdatePipeline::new()
        .set(Month.thumbsup, Month.thumbsup + new.get(Month.thumbsup))
        .set(Month.thumbsdown, Month.thumbsdown + new.get(Month.thumbsdown));
    let page = |merge: Document| {
        vec![
            doc! { "$match": { "date": { "$gte": date("2019-05-07"), "$lt": date("2019-05-08") } } },
            doc! { "$project": {
                "_id": { "$dateToString": { "format": "%Y-%m", "date": "$date" } }, "thumbsup": 1, "thumbsdown": 1,
            } },
            doc! { "$merge": merge },
        ]
    };
    let merge = doc! {
        "into": "monthlytotals", "on": "_id",
        "whenMatched": [{ "$addFields": {
            "thumbsup": { "$add": ["$thumbsup", "$$new.thumbsup"] },
            "thumbsdown": { "$add": ["$thumbsdown", "$$new.thumbsdown"] },
        } }],
        "whenNotMatched": "insert",
    };
    let typed = days().merge(Merge::new().when_matched_update(add));
    let found = same_stored(&votes, typed, page(merge), (&db, "monthlytotals", &before)).await;
    assert_eq!(found, [doc! { "_id": "2019-05", "thumbsup": 40, "thumbsdown": 41 }]);

    // `let`: variables of the pipeline.
    let added = variable::<Month, i32>("votes") + variable::<Month, Month>("new").get(Month.thumbsdown);
    let set = UpdatePipeline::new().set(Month.thumbsup, added);
    let merge = Merge::new()
        .variable("votes", Month.thumbsup)
        .when_matched_update(set)
        .when_not_matched(WhenNotMatched::Discard);
    let page = page(doc! {
        "into": "monthlytotals", "let": { "votes": "$thumbsup", "new": "$$ROOT" },
        "whenMatched": [{ "$set": { "thumbsup": { "$add": ["$$votes", "$$new.thumbsdown"] } } }],
        "whenNotMatched": "discard",
    });
    let found = same_stored(&votes, days().merge(merge), page, (&db, "monthlytotals", &before)).await;
    assert_eq!(found, [doc! { "_id": "2019-05", "thumbsup": 24, "thumbsdown": 31 }]);
}

#[derive(Document, Debug)]
#[document(collection = "books")]
struct Book {
    id: i32,
    title: String,
    author: String,
    copies: i32,
}

#[derive(Document, Debug)]
#[document(collection = "authors", group)]
struct AuthorBooks {
    id: String,
    books: Vec<String>,
}

// covers: T10
#[odmium::test]
async fn out_to_the_same_and_to_another_database(db: Database) {
    let books = [
        (8751, "The Banquet", "Dante", 2),
        (8752, "Divine Comedy", "Dante", 1),
        (8645, "Eclogues", "Dante", 2),
        (7000, "The Odyssey", "Homer", 10),
        (7020, "Iliad", "Homer", 10),
    ];
    let books = books.map(
        |(id, title, author, copies)| doc! { "_id": id, "title": title, "author": author, "copies": copies },
    );
    let books = filled::<Book>(&db, books).await;
    let authors =
        || Pipeline::new().group_by(Book.author, |g| AuthorBooksGroup { books: g.push(Book.title) });
    let group = doc! { "$group": { "_id": "$author", "books": { "$push": "$title" } } };
    let page = vec![group.clone(), doc! { "$out": "authors" }];
    let old = [doc! { "_id": "Old", "books": ["one"] }];
    let found = same_stored(&books, authors().out(), page, (&db, "authors", &old)).await;
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], doc! { "_id": "Homer", "books": ["The Odyssey", "Iliad"] });
    let reporting = reporting(&db);
    let elsewhere = Database::from(db.inner().client().database(&reporting));
    let page = vec![group, doc! { "$out": { "db": &reporting, "coll": "authors" } }];
    let typed = authors().out_to_database(&reporting, "authors");
    assert_eq!(same_stored(&books, typed, page, (&elsewhere, "authors", &old)).await.len(), 2);
    elsewhere.drop().await.unwrap();
}

#[derive(Document, Debug)]
#[document(collection = "bakesales")]
struct BakeSale {
    id: Id<BakeSale>,
    date: DateTime,
    item: String,
    quantity: i32,
    amount: Decimal128,
}

#[derive(Document, Debug)]
#[document(collection = "monthlybakesales", group)]
struct MonthlySales {
    id: String,
    sales_quantity: i64,
    sales_amount: Decimal128,
}

// covers: T10, T20
#[odmium::test]
async fn on_demand_materialised_views(db: Database) {
    let sale = |day: &str, item: &str, quantity: i32, amount: &str| {
        doc! { "date": date(day), "item": item, "quantity": quantity, "amount": decimal(amount) }
    };
    let sales = [
        sale("2018-12-01", "Cake - Chocolate", 2, "60"),
        sale("2018-12-02", "Cake - Peanut Butter", 5, "90"),
        sale("2018-12-02", "Cake - Red Velvet", 10, "200"),
        sale("2018-12-04", "Cookies - Chocolate Chip", 20, "80"),
        sale("2018-12-04", "Cake - Peanut Butter", 1, "16"),
        sale("2018-12-05", "Pie - Key Lime", 3, "60"),
        sale("2019-01-25", "Cake - Chocolate", 2, "60"),
        sale("2019-01-25", "Cake - Peanut Butter", 1, "16"),
        sale("2019-01-26", "Cake - Red Velvet", 5, "100"),
        sale("2019-01-26", "Cookies - Chocolate Chip", 12, "48"),
        sale("2019-01-26", "Cake - Carrot", 2, "36"),
        sale("2019-01-26", "Cake - Red Velvet", 5, "100"),
        sale("2019-01-27", "Pie - Chocolate Cream", 1, "20"),
        sale("2019-01-27", "Cake - Peanut Butter", 5, "80"),
        sale("2019-01-27", "Tarts - Apple", 3, "12"),
        sale("2019-01-27", "Cookies - Chocolate Chip", 12, "48"),
        sale("2019-01-27", "Cake - Carrot", 5, "36"),
        sale("2019-01-27", "Cake - Red Velvet", 5, "100"),
        sale("2019-01-28", "Cookies - Chocolate Chip", 20, "80"),
        sale("2019-01-28", "Pie - Key Lime", 3, "60"),
        sale("2019-01-28", "Cake - Red Velvet", 5, "100"),
    ];
    let sales = filled::<BakeSale>(&db, sales).await;
    // The page's function of the first date.
    let update_monthly_sales = |start: DateTime| {
        Pipeline::new()
            .filter(BakeSale.date.gte(start))
            .group_by(BakeSale.date.expr().date_to_string("%Y-%m"), |g| MonthlySalesGroup {
                sales_quantity: g.sum(BakeSale.quantity),
                sales_amount: g.sum(BakeSale.amount),
            })
            .merge(Merge::new().when_matched(WhenMatched::Replace))
    };
    let page = |start: DateTime| {
        vec![
            doc! { "$match": { "date": { "$gte": start } } },
            doc! { "$group": {
                "_id": { "$dateToString": { "format": "%Y-%m", "date": "$date" } },
                "sales_quantity": { "$sum": "$quantity" }, "sales_amount": { "$sum": "$amount" },
            } },
            doc! { "$merge": { "into": "monthlybakesales", "whenMatched": "replace" } },
        ]
    };
    let start = date("1970-01-01");
    let to = (&db, "monthlybakesales", &[][..]);
    let first = same_stored(&sales, update_monthly_sales(start), page(start), to).await;
    assert_eq!(first[0], doc! { "_id": "2018-12", "sales_quantity": 41, "sales_amount": decimal("506") });
    assert_eq!(first[1].get_i32("sales_quantity").unwrap(), 86);
    let more =
        [sale("2019-01-28", "Cake - Chocolate", 3, "90"), sale("2019-02-03", "Tarts - Cherry", 5, "50")];
    db.inner().collection::<Document>("bakesales").insert_many(more).await.unwrap();
    let january = date("2019-01-01");
    let to = (&db, "monthlybakesales", &first[..]);
    let second = same_stored(&sales, update_monthly_sales(january), page(january), to).await;
    assert_eq!((second.len(), second[1].get_i32("sales_quantity").unwrap()), (3, 89));
    // What is not there is dropped, or an error.
    let discard = |then| {
        let month =
            Pipeline::new().group_by(BakeSale.date.expr().date_to_string("%Y-%m"), |g| MonthlySalesGroup {
                sales_quantity: g.sum(BakeSale.quantity),
                sales_amount: g.sum(BakeSale.amount),
            });
        month.merge(Merge::new().when_not_matched(then))
    };
    db.collection::<MonthlySales>().delete_all().await.unwrap();
    sales.aggregate().then_write(discard(WhenNotMatched::Discard)).await.unwrap();
    assert!(stored(&db, "monthlybakesales").await.is_empty());
    assert!(sales.aggregate().then_write(discard(WhenNotMatched::Fail)).await.is_err());
}
