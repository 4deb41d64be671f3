//! `$set`, `$addFields`, `$unset`.

use odmium::{
    Database,
    bson::{Document, doc},
    expr::literal,
    pipeline::Pipeline,
    prelude::*,
};

use super::compare::{filled, same};

#[derive(Document, Debug)]
#[document(collection = "scores", rename_all = "camelCase")]
struct Score {
    id: i32,
    student: String,
    homework: Vec<i32>,
    quiz: Vec<i32>,
    extra_credit: i32,
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct Totals {
    #[field(flatten)]
    score: Score,
    total_homework: i32,
    total_quiz: i32,
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct Total {
    #[field(flatten)]
    totals: Totals,
    total_score: i32,
}

#[derive(Embedded, Debug)]
#[document(shape, rename_all = "camelCase")]
struct QuizAverage {
    #[field(flatten)]
    score: Score,
    quiz_average: Option<f64>,
}

fn scores() -> Vec<Document> {
    vec![
        doc! { "_id": 1, "student": "Maya", "homework": [10, 5, 10], "quiz": [10, 8], "extraCredit": 0 },
        doc! { "_id": 2, "student": "Ryan", "homework": [5, 6, 5], "quiz": [8, 8], "extraCredit": 8 },
    ]
}

// covers: T10
#[odmium::test]
async fn two_set_stages(db: Database) {
    let scores = filled::<Score>(&db, scores()).await;
    let typed = Pipeline::new()
        .add_fields(TotalsShape {
            total_homework: Score.homework.expr().sum(),
            total_quiz: Score.quiz.expr().sum(),
        })
        .add_fields(TotalShape {
            total_score: Totals.total_homework + Totals.total_quiz + Totals.score.extra_credit,
        });
    let page = vec![
        doc! { "$addFields": { "totalHomework": { "$sum": "$homework" }, "totalQuiz": { "$sum": "$quiz" } } },
        doc! { "$addFields": { "totalScore": { "$add": ["$totalHomework", "$totalQuiz", "$extraCredit"] } } },
    ];
    let found = same(&scores, typed, page).await;
    assert_eq!(found.iter().map(|total| total.total_score).collect::<Vec<_>>(), [43, 40]);
}

// covers: T10
#[odmium::test]
async fn add_element_to_an_array(db: Database) {
    let scores = filled::<Score>(&db, scores()).await;
    let homework = Score.homework.expr().concat_arrays(literal(vec![7]));
    let typed = Pipeline::new().filter(Score.id.eq(1)).set(Score.homework, homework);
    let page = vec![
        doc! { "$match": { "_id": 1 } },
        doc! { "$set": { "homework": { "$concatArrays": ["$homework", [7]] } } },
    ];
    assert_eq!(same(&scores, typed, page).await[0].homework, [10, 5, 10, 7]);
}

// covers: T10
#[odmium::test]
async fn create_a_new_field_from_existing_ones(db: Database) {
    let scores = filled::<Score>(&db, scores()).await;
    let typed = Pipeline::new().add_fields(QuizAverageShape { quiz_average: Score.quiz.expr().avg() });
    let page = vec![doc! { "$set": { "quizAverage": { "$avg": "$quiz" } } }];
    let found = same(&scores, typed, page).await;
    assert_eq!(found.iter().filter_map(|row| row.quiz_average).collect::<Vec<_>>(), [9.0, 8.0]);
}

#[derive(Document, Debug)]
#[document(collection = "vehicles")]
struct Vehicle {
    id: i32,
    r#type: String,
    specs: Specs,
}

#[derive(Embedded, Debug)]
struct Specs {
    doors: Option<i32>,
    wheels: i32,
    fuel_type: Option<String>,
}

// covers: T10
#[odmium::test]
async fn add_fields_to_an_embedded_document(db: Database) {
    let vehicles = [
        doc! { "_id": 1, "type": "car", "specs": { "doors": 4, "wheels": 4 } },
        doc! { "_id": 2, "type": "motorcycle", "specs": { "doors": 0, "wheels": 2 } },
        doc! { "_id": 3, "type": "jet ski", "specs": { "wheels": 0 } },
    ];
    let vehicles = filled::<Vehicle>(&db, vehicles).await;
    let typed = Pipeline::new().set(Vehicle.specs.fuel_type, "unleaded");
    let page = vec![doc! { "$addFields": { "specs.fuel_type": "unleaded" } }];
    assert_eq!(same(&vehicles, typed, page).await[2].specs.fuel_type.as_deref(), Some("unleaded"));
}

#[derive(Document, Debug)]
#[document(collection = "animals")]
struct Animals {
    id: i32,
    dogs: i32,
    cats: i32,
}

// covers: T10
#[odmium::test]
async fn overwrite_an_existing_field(db: Database) {
    let animals = filled::<Animals>(&db, [doc! { "_id": 1, "dogs": 10, "cats": 15 }]).await;
    let page = vec![doc! { "$addFields": { "cats": 20 } }];
    assert_eq!(same(&animals, Pipeline::new().set(Animals.cats, 20), page).await[0].cats, 20);
}

#[derive(Document, Debug)]
#[document(collection = "fruit")]
struct Fruit {
    id: i32,
    item: String,
    r#type: String,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Kind {
    #[field(id)]
    name: String,
    item: String,
    r#type: String,
}

// covers: T10
#[odmium::test]
async fn replace_one_field_with_another(db: Database) {
    let fruit = [(1, "tangerine", "citrus"), (2, "lemon", "citrus"), (3, "grapefruit", "citrus")];
    let fruit =
        filled::<Fruit>(&db, fruit.map(|(id, item, kind)| doc! { "_id": id, "item": item, "type": kind }))
            .await;
    // The type of `_id` changes: these are documents of another type.
    let typed = Pipeline::new().project(KindShape {
        name: Fruit.item.expr(),
        item: literal("fruit".to_owned()),
        r#type: Fruit.r#type.expr(),
    });
    let page = vec![doc! { "$addFields": { "_id": "$item", "item": "fruit" } }];
    let found = same(&fruit, typed, page).await;
    assert_eq!(found[0], Kind { name: "tangerine".into(), item: "fruit".into(), r#type: "citrus".into() });
}

#[derive(Document, Debug)]
#[document(collection = "books")]
struct Book {
    id: i32,
    title: String,
    isbn: Option<String>,
    author: Author,
    copies: Option<Vec<Copies>>,
}

#[derive(Embedded, Debug)]
struct Author {
    last: String,
    first: Option<String>,
}

#[derive(Embedded, Debug)]
struct Copies {
    warehouse: String,
    qty: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Copies)]
struct Quantity {
    qty: i32,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Author)]
struct LastName {
    last: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Book)]
struct Anonymous {
    id: i32,
    title: String,
    author: LastName,
    copies: Option<Vec<Quantity>>,
}

// covers: T10
#[odmium::test]
async fn unset_fields(db: Database) {
    let book = |id: i32, title: &str, isbn: &str, last: &str, first: &str, copies: Document| {
        let author = doc! { "last": last, "first": first };
        doc! { "_id": id, "title": title, "isbn": isbn, "author": author, "copies": [copies] }
    };
    let books = [
        book(1, "Antelope Antics", "0001122223334", "An", "Auntie", doc! { "warehouse": "A", "qty": 5 }),
        book(2, "Bees Babble", "999999999333", "Bumble", "Bee", doc! { "warehouse": "B", "qty": 2 }),
    ];
    let books = filled::<Book>(&db, books).await;
    let found = same(&books, Pipeline::new().unset(Book.copies), vec![doc! { "$unset": "copies" }]).await;
    assert!(found.iter().all(|book| book.copies.is_none()));
    let typed = Pipeline::new().unset(Book.isbn).unset(Book.copies);
    same(&books, typed, vec![doc! { "$unset": ["isbn", "copies"] }]).await;
    // Below an array there is no path to remove; a view has the others.
    let page = vec![doc! { "$unset": ["isbn", "author.first", "copies.warehouse"] }];
    let found = same(&books, Pipeline::new().project_as::<Anonymous>(), page).await;
    assert_eq!((&*found[0].author.last, found[0].copies.as_ref().unwrap()[0].qty), ("An", 5));
}
