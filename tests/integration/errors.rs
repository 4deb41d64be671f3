//! Errors: their kind, what the server said, and that nothing is lost.

use std::error::Error as _;

use odmium::{Client, Database, ErrorKind, bson::doc, prelude::*};

#[derive(Document, Debug)]
#[document(collection = "people")]
struct Person {
    id: Id<Person>,
    name: String,
    #[field(as = i64)]
    points: u64,
}

fn person(points: u64) -> Person {
    Person { id: Id::new(), name: "Ann".into(), points }
}

#[odmium::test]
async fn a_value_that_cannot_be_stored_is_refused_before_sending(db: Database) -> odmium::Result<()> {
    let people = db.collection::<Person>();
    let error = people.insert(&person(u64::MAX)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Encode);
    assert_eq!(error.encode_error().unwrap().path(), "points");
    let error = people.insert_many([person(1), person(u64::MAX)]).await.unwrap_err();
    assert!(error.is_encode());
    assert_eq!(people.count(Filter::everything()).await?, 0);
    let error = people.find(Person.points.gt(u64::MAX)).await.unwrap_err();
    assert!(error.is_encode(), "{error}");
    let error = people.update_many(Filter::everything(), Person.points.set(u64::MAX)).await.unwrap_err();
    assert!(error.is_encode(), "{error}");
    Ok(())
}

#[odmium::test]
async fn the_servers_answer_is_kept_whole(db: Database) -> odmium::Result<()> {
    let error = db.run_command(doc! { "noSuchCommand": 1 }).await.unwrap_err();
    assert!(error.is_command());
    assert_eq!((error.code(), error.code_name()), (Some(59), Some("CommandNotFound")));
    assert_eq!(error.reply().unwrap().get_f64("ok").unwrap(), 0.0);
    assert!(error.source().unwrap().downcast_ref::<mongodb::error::Error>().is_some());
    let text = error.to_string();
    assert!(text.contains("CommandNotFound") && !text.contains("labels"), "{text}");
    Ok(())
}

#[odmium::test]
async fn a_validator_says_what_it_refused(db: Database) -> odmium::Result<()> {
    db.run_command(doc! { "create": "people", "validator": { "points": { "$lt": 10 } } }).await?;
    let people = db.collection::<Person>();
    let error = people.insert(&person(11)).await.unwrap_err();
    assert!(error.is_write());
    assert_eq!(error.write_failures()[0].code, 121);
    assert!(error.write_failures()[0].details.is_some());
    people.insert(&person(11)).bypass_document_validation(true).await?;
    let error = people.insert_many([person(1), person(12)]).await.unwrap_err();
    assert_eq!((error.write_failures()[0].index, error.write_failures()[0].code), (1, 121));
    Ok(())
}

#[odmium::test]
async fn a_time_limit_is_a_timeout(db: Database) -> odmium::Result<()> {
    let people = db.collection::<Person>();
    people.insert(&person(1)).await?;
    let slow = Filter::raw(doc! { "$where": "sleep(500) || true" });
    let error = people.find(slow).max_time(std::time::Duration::from_millis(50)).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() -> odmium::Result<()> {
    let client = Client::connect("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100").await?;
    let error = client.database("x").run_command(doc! { "ping": 1 }).await.unwrap_err();
    assert!(error.is_server_selection());
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_connection_string_is_an_argument_error() {
    let error = Client::connect("mongo://x").await.unwrap_err();
    assert!(error.is_argument(), "{error:?}");
}

#[tokio::test]
async fn raw_updates_need_operators() {
    let update = odmium::Update::<Person>::raw(doc! { "name": "x" });
    assert!(update.to_document().unwrap_err().is_argument());
    assert!(odmium::Update::<Person>::new().to_document().unwrap_err().is_argument());
    let twice = vec![Person.name.set("a"), Person.name.set("b")];
    let error = odmium::Update::new().and(twice).to_document().unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`name`"), "{error}");
}
