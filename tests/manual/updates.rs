//! Updates with an aggregation pipeline.

use odmium::{
    Collection, Database,
    bson::{DateTime, Document, doc},
    expr::{literal, now, root, switch},
    model::{self, ReadWrite},
    prelude::*,
    update::UpdatePipeline,
};

use super::compare::{agree, date, filled, stored};

/// The page's update and the typed one change the same documents in the same way; these are returned.
///
/// `modified` is the time of the update in those that it has changed, and left out.
async fn same_update<M: model::Document + ReadWrite>(
    db: &Database,
    documents: &[Document],
    (filter, page): (Document, Vec<Document>),
    typed: UpdatePipeline<M>,
    select: Filter<M>,
) -> Vec<Document> {
    let begin = DateTime::now();
    let without_time = |mut documents: Vec<Document>| {
        for document in &mut documents {
            if document.get_datetime("modified").is_ok_and(|modified| *modified >= begin) {
                document.insert("modified", "now");
            }
        }
        documents
    };
    let collection: Collection<M> = filled(db, documents.to_vec()).await;
    collection.inner().update_many(filter, page).await.unwrap();
    let of_page = without_time(stored(db, M::COLLECTION).await);
    collection.delete_all().await.unwrap();
    let collection: Collection<M> = filled(db, documents.to_vec()).await;
    collection.update_many(select, typed).await.unwrap();
    let found = without_time(stored(db, M::COLLECTION).await);
    agree(found.clone(), of_page, true);
    found
}

#[derive(Document, Debug)]
#[document(collection = "students")]
struct Student {
    id: i32,
    test1: i32,
    test2: i32,
    test3: Option<i32>,
    modified: DateTime,
}

// covers: C4
#[odmium::test]
async fn set_a_field_and_the_time(db: Database) {
    let students = [
        doc! { "_id": 1, "test1": 95, "test2": 92, "test3": 90, "modified": date("2020-01-05") },
        doc! { "_id": 2, "test1": 98, "test2": 100, "test3": 102, "modified": date("2020-01-05") },
        doc! { "_id": 3, "test1": 95, "test2": 110, "modified": date("2020-01-04") },
    ];
    let page = vec![doc! { "$set": { "test3": 98, "modified": "$$NOW" } }];
    let typed = UpdatePipeline::new().set(Student.test3, 98).set(Student.modified, now());
    let found = same_update(&db, &students, (doc! { "_id": 3 }, page), typed, Student.id.eq(3)).await;
    assert_eq!(found[2], doc! { "_id": 3, "test1": 95, "test2": 110, "modified": "now", "test3": 98 });
}

#[derive(Document, Clone, Debug)]
#[document(collection = "students2")]
struct Standard {
    id: i32,
    quiz1: Option<i32>,
    quiz2: Option<i32>,
    test1: Option<i32>,
    test2: Option<i32>,
    modified: Option<DateTime>,
}

// covers: C4
#[odmium::test]
async fn standardize_the_fields(db: Database) {
    let students = [
        doc! { "_id": 1, "quiz1": 8, "test2": 100, "quiz2": 9, "modified": date("2020-01-05") },
        doc! { "_id": 2, "quiz2": 5, "test1": 80, "test2": 89, "modified": date("2020-01-05") },
    ];
    let page = vec![
        doc! { "$replaceRoot": { "newRoot": { "$mergeObjects": [{ "quiz1": 0, "quiz2": 0, "test1": 0, "test2": 0 }, "$$ROOT"] } } },
        doc! { "$set": { "modified": "$$NOW" } },
    ];
    let zero = Some(0);
    let defaults = Standard { id: 0, quiz1: zero, quiz2: zero, test1: zero, test2: zero, modified: None };
    let typed = UpdatePipeline::new()
        .replace_with(literal(defaults).merge_objects(root()))
        .set(Standard.modified, now());
    let found = same_update(&db, &students, (doc! {}, page), typed, Filter::everything()).await;
    assert_eq!((found[0].get_i32("test1").unwrap(), found[1].get_i32("quiz1").unwrap()), (0, 0));
}

#[derive(Document, Debug)]
#[document(collection = "students3")]
struct Graded {
    id: i32,
    tests: Vec<i32>,
    modified: DateTime,
    average: Option<f64>,
    grade: Option<String>,
}

// covers: C4
#[odmium::test]
async fn average_and_letter_grade(db: Database) {
    let student =
        |id: i32, tests: [i32; 3]| doc! { "_id": id, "tests": tests, "modified": date("2019-01-01") };
    let students = [student(1, [95, 92, 90]), student(2, [94, 88, 90]), student(3, [70, 75, 82])];
    let case = |from: i32, grade: &str| doc! { "case": { "$gte": ["$average", from] }, "then": grade };
    let page = vec![
        doc! { "$set": { "average": { "$trunc": [{ "$avg": "$tests" }, 0] }, "modified": "$$NOW" } },
        doc! { "$set": { "grade": { "$switch": {
            "branches": [case(90, "A"), case(80, "B"), case(70, "C"), case(60, "D")], "default": "F",
        } } } },
    ];
    let average = || Graded.average.expr();
    let grade = switch(average().gte(90.0), "A")
        .case(average().gte(80.0), "B")
        .case(average().gte(70.0), "C")
        .case(average().gte(60.0), "D")
        .default("F");
    let typed = UpdatePipeline::new()
        .set(Graded.average, Graded.tests.expr().avg().trunc(0))
        .set(Graded.modified, now())
        .set(Graded.grade, grade);
    let found = same_update(&db, &students, (doc! {}, page), typed, Filter::everything()).await;
    let grades: Vec<_> = found.iter().map(|student| student.get_str("grade").unwrap()).collect();
    assert_eq!(grades, ["A", "A", "C"]);
}

#[derive(Document, Debug)]
#[document(collection = "students4")]
struct Quizzed {
    id: i32,
    quizzes: Vec<i32>,
}

// covers: C4
#[odmium::test]
async fn add_to_an_array(db: Database) {
    let students = [
        doc! { "_id": 1, "quizzes": [4, 6, 7] },
        doc! { "_id": 2, "quizzes": [5] },
        doc! { "_id": 3, "quizzes": [10, 10, 10] },
    ];
    let page = vec![doc! { "$set": { "quizzes": { "$concatArrays": ["$quizzes", [8, 6]] } } }];
    let typed =
        UpdatePipeline::new().set(Quizzed.quizzes, Quizzed.quizzes.expr().concat_arrays(literal(vec![8, 6])));
    let found = same_update(&db, &students, (doc! { "_id": 2 }, page), typed, Quizzed.id.eq(2)).await;
    assert_eq!(found[1], doc! { "_id": 2, "quizzes": [5, 8, 6] });
}

#[derive(Document, Debug)]
#[document(collection = "temperatures")]
struct Temperatures {
    id: i32,
    date: DateTime,
    #[field(rename = "tempsC")]
    celsius: Vec<i32>,
    #[field(rename = "tempsF")]
    fahrenheit: Option<Vec<f64>>,
}

// covers: C4
#[odmium::test]
async fn celsius_in_fahrenheit(db: Database) {
    let temperatures = [
        doc! { "_id": 1, "date": date("2019-06-23"), "tempsC": [4, 12, 17] },
        doc! { "_id": 2, "date": date("2019-07-07"), "tempsC": [14, 24, 11] },
        doc! { "_id": 3, "date": date("2019-10-30"), "tempsC": [18, 6, 8] },
    ];
    let page = vec![doc! { "$addFields": { "tempsF": { "$map": {
        "input": "$tempsC", "as": "celsius", "in": { "$add": [{ "$multiply": ["$$celsius", 9.0 / 5.0] }, 32] },
    } } } }];
    let fahrenheit = Temperatures.celsius.expr().map(|celsius| celsius * (9.0 / 5.0) + 32.0);
    let typed = UpdatePipeline::new().set(Temperatures.fahrenheit, fahrenheit);
    let found = same_update(&db, &temperatures, (doc! {}, page), typed, Filter::everything()).await;
    assert_eq!(found[1].get_array("tempsF").unwrap()[0].as_f64(), Some(57.2));
}
