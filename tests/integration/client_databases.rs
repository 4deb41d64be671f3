//! Databases and collections: their names, and settings of their own.

use std::time::Duration;

use odmium::{
    Client, Database, Result,
    bson::{Document, doc},
    options::{ReadConcern, ReadPreference, SelectionCriteria, WriteConcern},
};
use odmium_tests::Recorder;

// covers: M3
#[tokio::test]
async fn the_default_database() -> Result<()> {
    let client = Client::connect("mongodb://localhost/shop?appName=x").await?;
    assert_eq!(client.default_database().unwrap().name(), "shop");
    assert_eq!(client.default_database_or("other").name(), "shop");
    let client = Client::connect("mongodb://localhost").await?;
    assert!(client.default_database().is_none());
    assert_eq!(client.default_database_or("other").name(), "other");
    Ok(())
}

// covers: M3, M7
#[odmium::test]
async fn read_and_write_settings_of_their_own(db: Database) -> Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    assert!(db.read_concern().is_none() && db.write_concern().is_none() && db.selection_criteria().is_none());
    let secondary = ReadPreference::SecondaryPreferred { options: None };
    let own = db
        .with_read_concern(ReadConcern::majority())
        .with_write_concern(WriteConcern::majority())
        .with_selection_criteria(secondary.clone())
        .with_timeout(Duration::from_secs(20));
    assert_eq!(own.read_concern(), Some(&ReadConcern::majority()));
    assert_eq!(own.write_concern(), Some(&WriteConcern::majority()));
    assert_eq!(own.timeout(), Some(Duration::from_secs(20)));
    assert_eq!(db.timeout(), None);

    let rows = own.collection_named::<Document>("rows");
    assert_eq!(rows.read_concern(), Some(&ReadConcern::majority()));
    assert_eq!(rows.timeout(), Some(Duration::from_secs(20)));
    assert!(
        matches!(rows.selection_criteria(), Some(SelectionCriteria::ReadPreference(it)) if *it == secondary)
    );
    let _ = recorder.take();
    rows.insert(&doc! { "_id": 1 }).await?;
    assert_eq!(recorder.only().get_document("writeConcern").unwrap(), &doc! { "w": "majority" });
    rows.find(odmium::Filter::everything()).await?;
    assert_eq!(recorder.only().get_document("readConcern").unwrap(), &doc! { "level": "majority" });

    let local = rows.with_read_concern(ReadConcern::local()).with_write_concern(WriteConcern::nodes(1));
    local.find(odmium::Filter::everything()).await?;
    assert_eq!(recorder.only().get_document("readConcern").unwrap(), &doc! { "level": "local" });
    local.insert(&doc! { "_id": 2 }).await?;
    assert_eq!(recorder.only().get_document("writeConcern").unwrap(), &doc! { "w": 1 });
    assert_eq!(rows.with_timeout(Duration::ZERO).timeout(), None, "zero takes the limit away");
    Ok(())
}

// covers: M3
#[odmium::test]
async fn names_that_the_server_would_refuse_are_not_sent(db: Database) -> Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let client = db.client();
    let long = "x".repeat(64);
    for name in ["", "a b", "a.b", "a/b", "a\\b", "a\"b", "$a", "a\0b", &long] {
        let bad = client.database(name);
        for error in [
            bad.run_command(doc! { "ping": 1 }).await.unwrap_err(),
            bad.drop().await.unwrap_err(),
            bad.collection_named::<Document>("c").insert(&doc! {}).await.unwrap_err(),
        ] {
            assert!(error.is_argument(), "{name:?}: {error:?}");
            assert!(error.to_string().contains("is no name for a database"), "{error}");
        }
    }
    let long = "x".repeat(255);
    for name in ["", ".a", "a.", "a..b", "a$b", "a\0b", &long] {
        let bad = db.collection_named::<Document>(name);
        let everything = odmium::Filter::everything;
        for error in [
            bad.insert(&doc! {}).await.unwrap_err(),
            bad.find(everything()).await.unwrap_err(),
            bad.find(everything()).cursor().await.unwrap_err(),
            bad.find(everything()).first().await.unwrap_err(),
            bad.count(everything()).await.unwrap_err(),
            bad.estimated_count().await.unwrap_err(),
            bad.delete_all().await.unwrap_err(),
            bad.drop().await.unwrap_err(),
            bad.get(1).await.unwrap_err(),
        ] {
            assert!(error.is_argument(), "{name:?}: {error:?}");
            assert!(error.to_string().contains("is no name for a collection"), "{error}");
        }
    }
    assert_eq!(recorder.take(), Vec::<Document>::new());
    for name in ["größe", "a.b.c", "système 1", "-"] {
        db.collection_named::<Document>(name).insert(&doc! { "_id": 1 }).await?;
    }
    Ok(())
}
