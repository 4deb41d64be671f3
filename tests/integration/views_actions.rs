//! The actions that give one document, selections on them, and the different values of a field.

use std::time::Duration;

use odmium::{
    Database, Update,
    bson::{Bson, Document, doc},
    dev,
    options::{Acknowledgment, Collation, ReadConcern, WriteConcern},
    prelude::*,
};
use odmium_tests::Recorder;

use crate::views::{Plain, Role, User, user, users};

fn plain(id: i32) -> Plain {
    Plain { id, first_name: format!("U{id}"), role: Role::Admin }
}

fn plain_fields() -> Document {
    doc! { "_id": 1, "firstName": 1, "role": 1 }
}

fn english() -> Collation {
    Collation::builder().locale("en").build()
}

/// The fields of the only command that are not the driver's.
fn only(recorder: &Recorder, without: &[&str]) -> Document {
    let mut command = recorder.only();
    for key in without {
        command.remove(key);
    }
    command
}

// covers: T8, M25
#[odmium::test]
async fn actions_that_give_one_document_take_selections(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    let got: Option<Plain> = users.get(1).select_as().await?;
    assert_eq!(got, Some(plain(1)));
    let expected = doc! {
        "find": "users", "filter": { "_id": 1 }, "projection": plain_fields(), "limit": 1, "singleBatch": true,
    };
    let sent = recorder.only();
    assert_eq!(sent.get("projection"), expected.get("projection"), "{sent}");
    assert_eq!(users.get(2).select(User.age).max_time(Duration::from_secs(5)).await?, Some(32));
    assert_eq!(users.get(3).select(User.age).await?, None);
    let raw: Option<Document> = users.get(1).select_raw(doc! { "age": 1 }).await?;
    assert_eq!(raw, Some(doc! { "_id": 1, "age": 31 }));
    let _ = recorder.take();

    let found = users
        .find_one(User.age.gt(0))
        .sort(User.age.desc())
        .skip(1)
        .hint("_id_")
        .collation(english())
        .max_time(Duration::from_secs(5))
        .comment("c")
        .let_vars(doc! { "v": 1 })
        .select_as::<Plain>()
        .await?;
    assert_eq!(found, Some(plain(1)));
    let sent = only(&recorder, &["collation"]);
    let expected = doc! {
        "find": "users", "filter": { "age": { "$gt": 0 } }, "sort": { "age": -1 }, "projection": plain_fields(),
        "hint": "_id_", "skip": 1_i64, "limit": 1_i64, "singleBatch": true, "maxTimeMS": 5000, "comment": "c",
        "let": { "v": 1 },
    };
    for (key, value) in &expected {
        assert!(sent.get(key).is_some_and(|sent| same(sent, value)), "{key} in {sent}");
    }
    assert_eq!(users.find_one(User.age.gt(99)).await?, None);
    assert_eq!(users.find_one(User.age.eq(32)).await?, Some(user(2)));
    Ok(())
}

/// Numbers of any type are the same.
fn same(one: &Bson, other: &Bson) -> bool {
    let number = |value: &Bson| value.as_i64().or_else(|| value.as_i32().map(Into::into));
    number(one).map_or(one == other, |one| Some(one) == number(other))
}

// covers: M26, T8
#[odmium::test]
async fn find_one_and_update_replace_delete_take_every_option(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    let concern = WriteConcern::builder().w(Acknowledgment::Nodes(1)).build();

    let updated = users
        .find_one_and_update(User.id.gt(0), Update::raw(doc! { "$inc": { "lines.$[l].qty": 1, "age": 10 } }))
        .array_filters([doc! { "l.qty": { "$gt": 2 } }])
        .sort(User.id.desc())
        .return_new()
        .hint("_id_")
        .collation(english())
        .let_vars(doc! { "v": 1 })
        .max_time(Duration::from_secs(5))
        .bypass_document_validation(true)
        .comment("c")
        .write_concern(concern.clone())
        .upsert(false)
        .select((User.id, User.age, User.lines.slice(-1)))
        .await?;
    assert_eq!(updated.map(|(id, age, lines)| (id, age, lines[0].qty)), Some((2, 42, 10)));
    let expected = doc! {
        "findAndModify": "users", "query": { "_id": { "$gt": 0 } }, "sort": { "_id": -1 }, "new": true,
        "upsert": false, "hint": "_id_", "let": { "v": 1 }, "maxTimeMS": 5000,
        "bypassDocumentValidation": true, "comment": "c", "arrayFilters": [{ "l.qty": { "$gt": 2 } }],
        "fields": { "_id": 1, "age": 1, "lines": { "$slice": -1 } }, "writeConcern": { "w": 1 },
    };
    assert_sent(&recorder, expected, "collation");

    let new = User { age: 99, ..user(2) };
    let before = users
        .find_one_and_replace(User.age.eq(42), &new)
        .sort(User.id.asc())
        .hint("_id_")
        .collation(english())
        .let_vars(doc! { "v": 1 })
        .max_time(Duration::from_secs(5))
        .bypass_document_validation(true)
        .comment("c")
        .write_concern(concern.clone())
        .select(User.age)
        .await?;
    assert_eq!(before, Some(42));
    let expected = doc! {
        "findAndModify": "users", "query": { "age": 42 }, "sort": { "_id": 1 }, "hint": "_id_",
        "let": { "v": 1 }, "maxTimeMS": 5000, "bypassDocumentValidation": true, "comment": "c",
        "fields": { "age": 1, "_id": 0 }, "writeConcern": { "w": 1 },
    };
    assert_sent(&recorder, expected, "collation");
    assert_eq!(users.get(2).await?, Some(new.clone()));
    let after = users.find_one_and_replace(User.id.eq(2), &user(2)).return_new().await?;
    assert_eq!(after, Some(user(2)));
    let upserted = users.find_one_and_replace(User.id.eq(3), &user(3)).upsert(true).return_new().await?;
    assert_eq!(upserted, Some(user(3)));
    assert_eq!(users.find_one_and_replace(User.id.eq(4), &user(4)).await?, None);
    let _ = recorder.take();

    let deleted = users
        .find_one_and_delete(User.age.gt(0))
        .sort(User.id.desc())
        .hint("_id_")
        .collation(english())
        .let_vars(doc! { "v": 1 })
        .max_time(Duration::from_secs(5))
        .comment("c")
        .write_concern(concern)
        .select_as::<Plain>()
        .await?;
    assert_eq!(deleted, Some(plain(3)));
    let expected = doc! {
        "findAndModify": "users", "query": { "age": { "$gt": 0 } }, "sort": { "_id": -1 }, "hint": "_id_",
        "let": { "v": 1 }, "maxTimeMS": 5000, "comment": "c", "fields": plain_fields(), "remove": true,
        "writeConcern": { "w": 1 },
    };
    assert_sent(&recorder, expected, "collation");
    assert_eq!(users.find_one_and_delete(User.id.eq(2)).await?, Some(user(2)));
    assert_eq!(users.find_one_and_delete(User.id.eq(2)).await?, None);
    assert_eq!(users.count(Filter::everything()).await?, 1);
    Ok(())
}

/// The only command has these fields, and one more.
fn assert_sent(recorder: &Recorder, expected: Document, more: &str) {
    let sent = recorder.only();
    assert!(sent.contains_key(more), "{sent}");
    for (key, value) in &expected {
        assert!(sent.get(key).is_some_and(|sent| same(sent, value)), "{key} in {sent}");
    }
}

// covers: M26
#[odmium::test]
async fn actions_that_change_and_give_take_part_in_transactions(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let users = client.database(db.name()).collection::<User>();
    let outside = db.collection::<User>();
    outside.insert_many([&user(1), &user(2)]).await?;
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let s = &mut session;
    let older = User { age: 50, ..user(1) };
    let age = users.find_one_and_replace(User.id.eq(1), &older).select(User.age).session(s);
    assert_eq!(age.await?, Some(31));
    assert_eq!(users.find_one_and_delete(User.id.eq(2)).session(s).select_as().await?, Some(plain(2)));
    assert_eq!(users.find_one(User.age.eq(50)).session(s).select(User.id).await?, Some(1));
    assert_eq!(users.distinct(User.age, Filter::everything()).session(s).await?, [50]);
    let mut cursor = users.find(Filter::everything()).select((User.id, User.age)).session(s).cursor().await?;
    assert_eq!(cursor.try_next().await?, Some((1, 50)));
    assert_eq!(cursor.try_next().await?, None);
    drop(cursor);
    assert_eq!(outside.count(Filter::everything()).await?, 2);
    session.commit_transaction().await?;
    assert_eq!(outside.find(Filter::everything()).select((User.id, User.age)).await?, [(1, 50)]);
    Ok(())
}

#[derive(Document, Clone)]
#[document(collection = "values")]
struct Values {
    id: i32,
    age: i32,
    score: Option<f64>,
    tags: Vec<String>,
    marks: Option<Vec<i64>>,
    role: Role,
    at: DateTime,
    owner: Option<Id<User>>,
    #[field(as = i64)]
    points: u64,
    inner: Option<Inner>,
}

#[derive(Embedded, Clone)]
struct Inner {
    name: String,
}

// covers: M30
#[odmium::test]
async fn distinct_gives_the_types_of_the_values(db: Database) -> odmium::Result<()> {
    let (recorded, recorder) = Recorder::attach(&db).await?;
    let values = recorded.collection::<Values>();
    let at = DateTime::from_millis(5);
    let first = Values {
        id: 1,
        age: 30,
        score: Some(1.5),
        tags: vec!["a".into(), "b".into()],
        marks: Some(vec![1, 2]),
        role: Role::Guest,
        at,
        owner: None,
        points: 7,
        inner: Some(Inner { name: "x".into() }),
    };
    let second = Values {
        id: 2,
        age: 40,
        score: None,
        tags: vec!["b".into()],
        inner: None,
        marks: None,
        ..first.clone()
    };
    values.insert_many([&first, &second]).await?;
    values.update_one(Values.id.eq(2), Update::raw(doc! { "$set": { "score": null } })).await?;
    let all = Filter::everything;
    let mut ages: Vec<i32> = values.distinct(Values.age, all()).await?;
    ages.sort_unstable();
    assert_eq!(ages, [30, 40]);
    assert_eq!(values.distinct(Values.age, Values.age.gt(30)).await?, [40]);
    let scores: Vec<f64> = values.distinct(Values.score, all()).await?;
    assert_eq!(scores, [1.5]);
    let tags: Vec<String> = values.distinct(Values.tags, all()).await?;
    assert_eq!(tags, ["a", "b"]);
    let marks: Vec<i64> = values.distinct(Values.marks, all()).await?;
    assert_eq!(marks, [1, 2]);
    assert_eq!(values.distinct(Values.role, all()).await?, [Role::Guest]);
    assert_eq!(values.distinct(Values.at, all()).await?, [at]);
    assert_eq!(values.distinct(Values.owner, all()).await?, []);
    let points: Vec<u64> = values.distinct(Values.points, all()).await?;
    assert_eq!(points, [7]);
    let names: Vec<String> = values.distinct(Values.inner.name, all()).await?;
    assert_eq!(names, ["x"]);

    let _ = recorder.take();
    values
        .distinct(Values.tags, Values.age.gt(0))
        .collation(english())
        .comment("c")
        .max_time(Duration::from_secs(5))
        .read_concern(ReadConcern::majority())
        .await?;
    let expected = doc! {
        "distinct": "values", "key": "tags", "query": { "age": { "$gt": 0 } }, "comment": "c", "maxTimeMS": 5000,
        "readConcern": { "level": "majority" },
    };
    assert_sent(&recorder, expected, "collation");

    values.update_one(Values.id.eq(2), Update::raw(doc! { "$set": { "age": "old" } })).await?;
    let error = values.distinct(Values.age, all()).await.unwrap_err();
    assert_eq!(error.decode_error().unwrap().path(), "age");
    Ok(())
}
