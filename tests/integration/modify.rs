//! Changing the options of collections that are there.

use std::time::Duration;

use odmium::{
    Database,
    admin::IndexChange,
    bson::{Bson, Document as Bag, doc},
    index::Index,
    options::{ValidationAction, ValidationLevel, WriteConcern},
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users")]
struct User {
    id: i32,
    age: i32,
    seen: DateTime,
}

fn user(id: i32, age: i32) -> User {
    User { id, age, seen: DateTime::now() }
}

async fn options(db: &Database, name: &str) -> odmium::Result<Bag> {
    Ok(db.collection_named::<Bag>(name).options().await?.unwrap_or_default())
}

/// A number of the server's, which picks the type.
fn number(document: &Bag, key: &str) -> i64 {
    match document.get(key) {
        Some(Bson::Int32(number)) => (*number).into(),
        Some(Bson::Int64(number)) => *number,
        other => panic!("{key}: {other:?}"),
    }
}

// covers: M17, M35
#[odmium::test]
async fn options_of_a_collection_change(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.create().await?;
    let change = users.modify().validator_of(User.age.gte(0)).validation_level(ValidationLevel::Moderate);
    change.validation_action(ValidationAction::Warn).pre_and_post_images(true).comment("stricter").await?;
    let found = options(&db, "users").await?;
    assert_eq!(found.get_document("validator").unwrap(), &doc! { "age": { "$gte": 0 } });
    assert_eq!(found.get_str("validationLevel").unwrap(), "moderate");
    assert_eq!(found.get_str("validationAction").unwrap(), "warn");
    assert_eq!(found.get_document("changeStreamPreAndPostImages").unwrap(), &doc! { "enabled": true });
    users.modify().validator(doc! {}).option("validationAction", "error").await?;
    assert_eq!(options(&db, "users").await?.get_str("validationAction").unwrap(), "error");

    db.create_view("adults", "users", [doc! { "$match": { "age": { "$gte": 18 } } }]).await?;
    let adults = db.collection_named::<Bag>("adults");
    adults.modify().view("users", [doc! { "$match": { "age": { "$gte": 21 } } }]).await?;
    users.insert_many([user(1, 18), user(2, 21)]).await?;
    assert_eq!(adults.count(Filter::everything()).await?, 1);

    db.create_collection("log").capped(1 << 20).await?;
    db.collection_named::<Bag>("log").modify().capped(1 << 16).max_documents(2).await?;
    let log = options(&db, "log").await?;
    assert_eq!((number(&log, "size"), number(&log, "max")), (1 << 16, 2));

    db.create_collection("tree").clustered().expire_after(Duration::from_secs(60)).await?;
    let tree = db.collection_named::<Bag>("tree");
    tree.modify().expire_after(Some(Duration::from_secs(90))).await?;
    assert_eq!(number(&options(&db, "tree").await?, "expireAfterSeconds"), 90);
    tree.modify().expire_after(None).write_concern(WriteConcern::majority()).await?;
    assert!(!options(&db, "tree").await?.contains_key("expireAfterSeconds"));

    let error = db.collection_named::<Bag>("absent").modify().validator(doc! {}).await.unwrap_err();
    assert!(error.is_command() && error.code() == Some(26), "{error:?}");
    Ok(())
}

// covers: M33
#[odmium::test]
async fn an_index_changes_without_being_built_anew(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.insert_many([user(1, 30), user(2, 30)]).await?;
    users.create_index(Index::raw(doc! { "age": 1 })).await?;
    users.create_index(Index::raw(doc! { "seen": 1 }).expire_after(Duration::from_secs(60))).await?;
    users.modify().index("seen_1", IndexChange::ExpireAfter(Duration::from_secs(3600))).await?;
    users.modify().index(doc! { "seen": 1 }, IndexChange::Hidden(true)).await?;
    let indexes = users.index_information().await?;
    assert_eq!(number(&indexes["seen_1"].options, "expireAfterSeconds"), 3600);
    assert!(indexes["seen_1"].options.get_bool("hidden").unwrap());

    users.modify().index(doc! { "age": 1 }, IndexChange::PrepareUnique(true)).await?;
    assert!(users.insert(&user(3, 30)).await.unwrap_err().is_duplicate_key());
    let error = users.modify().index(doc! { "age": 1 }, IndexChange::Unique).await.unwrap_err();
    assert_eq!(error.code(), Some(359), "{error:?}");
    let violations = error.reply().unwrap().get_array("violations").unwrap();
    assert!(violations.into_iter().next().is_some());
    users.delete_one(User.id.eq(2)).await?;
    users.modify().index(doc! { "age": 1 }, IndexChange::Unique).await?;
    assert!(users.index_information().await?["age_1"].options.get_bool("unique").unwrap());
    Ok(())
}
