//! Collections as a whole: creating, listing, renaming, getters, references.

use std::time::Duration;

use odmium::{
    Collection, Database,
    admin::{CollectionKind, DbRef},
    bson::{Bson, Document as Bag, RawDocumentBuf, doc},
    dev,
    options::{
        Acknowledgment, Collation, TimeseriesGranularity, TimeseriesOptions, ValidationAction,
        ValidationLevel, WriteConcern,
    },
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users")]
struct User {
    id: i32,
    name: String,
    friend: Option<DbRef>,
}

fn user(id: i32) -> User {
    User { id, name: format!("user{id}"), friend: None }
}

// covers: M17
#[odmium::test]
async fn collections_are_created_with_every_option(db: Database) -> odmium::Result<()> {
    let series = TimeseriesOptions::builder()
        .time_field("at")
        .meta_field("sensor".to_owned())
        .granularity(TimeseriesGranularity::Minutes)
        .build();
    let english = || Collation::builder().locale("en").build();
    let engine = || doc! { "wiredTiger": { "configString": "block_compressor=zlib" } };
    let users = db.collection::<User>();
    let cases = [
        (
            db.create_collection("capped").capped(4096).max_documents(3),
            doc! { "capped": true, "size": 4096, "max": 3 },
        ),
        (
            users
                .create()
                .validator_of(User.name.ne(""))
                .validation_level(ValidationLevel::Moderate)
                .validation_action(ValidationAction::Error)
                .comment("c")
                .write_concern(WriteConcern::builder().w(Acknowledgment::Majority).build()),
            doc! { "validator": { "name": { "$ne": "" } }, "validationLevel": "moderate", "validationAction": "error" },
        ),
        (db.create_collection("collated").collation(english()), doc! { "collation.locale": "en" }),
        (
            db.create_collection("series").time_series(series).expire_after(Duration::from_secs(3600)),
            doc! {
                "timeseries.timeField": "at", "timeseries.metaField": "sensor", "timeseries.granularity": "minutes",
                "expireAfterSeconds": 3600,
            },
        ),
        (
            db.create_collection("clustered").clustered().expire_after(Duration::from_secs(60)),
            doc! { "clusteredIndex.key": { "_id": 1 }, "clusteredIndex.unique": true, "expireAfterSeconds": 60 },
        ),
        (
            db.create_collection("images").pre_and_post_images(true),
            doc! { "changeStreamPreAndPostImages.enabled": true },
        ),
        (
            db.create_collection("engine")
                .storage_engine(engine())
                .index_storage_engine(doc! { "wiredTiger": {} }),
            doc! { "storageEngine": engine(), "indexOptionDefaults.storageEngine.wiredTiger": {} },
        ),
        (
            db.create_collection("schema").validator(doc! { "$jsonSchema": { "required": ["name"] } }),
            doc! { "validator": { "$jsonSchema": { "required": ["name"] } } },
        ),
        (
            db.create_collection("driver")
                .options_with(|options| options.validation_action = Some(ValidationAction::Warn)),
            doc! { "validationAction": "warn" },
        ),
        (
            db.create_view("view", "users", [doc! { "$match": { "_id": { "$gt": 1 } } }])
                .collation(english()),
            doc! { "viewOn": "users", "pipeline": [{ "$match": { "_id": { "$gt": 1 } } }] },
        ),
    ];
    for (create, expected) in cases {
        let text = format!("{expected}");
        create.await?;
        // The server finds what was set among what it lists; a time series is listed with its buckets.
        let set = |(key, value)| (format!("options.{key}"), Bson::from(doc! { "$eq": value }));
        let expected: Bag = expected.into_iter().map(set).collect();
        assert!(!db.list_collections().filter(expected).await?.is_empty(), "{text}");
    }
    users.insert_many([user(1), user(2)]).await?;
    assert_eq!(db.collection_named::<User>("view").find(Filter::everything()).await?, [user(2)]);
    assert!(users.insert(&User { name: String::new(), ..user(3) }).await.unwrap_err().is_write());
    let error = db.create_collection("users").capped(4096).await.unwrap_err();
    assert_eq!(error.code(), Some(48));
    Ok(())
}

// covers: M17
#[odmium::test]
async fn collections_are_listed(db: Database) -> odmium::Result<()> {
    db.create_collection("a").await?;
    db.create_view("b", "a", []).await?;
    db.create_collection("c").time_series(TimeseriesOptions::builder().time_field("at").build()).await?;
    let mut all = db.list_collections().comment("c").batch_size(1).await?;
    all.retain(|it| !it.name.starts_with("system."));
    all.sort_by(|a, b| a.name.cmp(&b.name));
    let kinds: Vec<_> = all.iter().map(|it| (it.name.as_str(), it.kind.clone())).collect();
    let expected =
        [("a", CollectionKind::Collection), ("b", CollectionKind::View), ("c", CollectionKind::TimeSeries)];
    assert_eq!(kinds, expected);
    assert!(all[0].info.contains_key("uuid") && all[1].info.get_bool("readOnly").unwrap());
    assert_eq!(all[0].id_index.as_ref().unwrap().get_str("name").unwrap(), "_id_");
    assert_eq!(all[1].options.get_str("viewOn").unwrap(), "a");

    let views = || db.list_collections().filter(doc! { "type": "view" });
    assert_eq!(views().authorized_collections(true).names().await?, ["b"]);
    let raw: Vec<RawDocumentBuf> = views().rows().await?.collect().await?;
    assert_eq!(raw[0].get_str("name").unwrap(), "b");
    let client = dev::client().await?;
    let mut session = client.start_session().await?;
    let names = client.database(db.name()).list_collections().session(&mut session).names().await?;
    assert!(names.contains(&"a".to_owned()), "{names:?}");

    db.collection_named::<Bag>("a").drop().await?;
    assert_eq!(db.list_collections().filter(doc! { "name": "a" }).await?, []);
    Ok(())
}

// covers: M16, M35
#[odmium::test]
async fn a_collection_is_renamed_and_knows_its_options(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    assert_eq!(users.options().await?, None);
    users.create().capped(4096).await?;
    users.insert(&user(1)).await?;
    assert_eq!(users.options().await?, Some(doc! { "capped": true, "size": 4096 }));

    let people = users.rename("people").comment("c").await?;
    assert_eq!((people.name(), people.count(Filter::everything()).await?), ("people", 1));
    assert_eq!(users.rename("again").await.unwrap_err().code(), Some(26));
    users.insert(&user(2)).await?;
    assert_eq!(users.rename("people").await.unwrap_err().code(), Some(48));
    let majority = WriteConcern::builder().w(Acknowledgment::Majority).build();
    let people = users.rename("people").drop_target(true).write_concern(majority).await?;
    assert_eq!(people.find(Filter::everything()).await?, [user(2)]);
    people.drop().await?;
    assert_eq!(people.options().await?, None);
    Ok(())
}

// covers: M16
#[odmium::test]
async fn a_collection_leads_to_its_neighbours(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let archive: Collection<Bag> = users.sub("archive");
    assert_eq!(users.full_name(), format!("{}.users", db.name()));
    assert_eq!(archive.full_name(), format!("{}.users.archive", db.name()));
    assert_eq!(users.database().name(), db.name());
    archive.insert(&doc! { "_id": 1 }).await?;
    let other = users.client().database(db.name()).collection_named::<Bag>("users.archive");
    assert_eq!(other.get(1).await?, Some(doc! { "_id": 1 }));
    Ok(())
}

// covers: M21
#[odmium::test]
async fn references_are_stored_and_followed(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let full = DbRef::new("users", 1).in_database(db.name());
    let cases = [
        (2, DbRef::new("users", 1), doc! { "$ref": "users", "$id": 1 }),
        (3, full, doc! { "$ref": "users", "$id": 1, "$db": db.name() }),
    ];
    users.insert(&user(1)).await?;
    for (id, reference, expected) in cases {
        users.insert(&User { friend: Some(reference.clone()), ..user(id) }).await?;
        let stored = db.collection_named::<Bag>("users").get(id).await?.unwrap();
        assert_eq!(stored.get_document("friend").unwrap(), &expected);
        let read = users.get(id).await?.unwrap().friend.unwrap();
        assert_eq!(read, reference);
        assert_eq!(db.dereference::<User>(&read).await?, Some(user(1)));
        assert_eq!(users.find(User.friend.eq(reference)).one().await?.id, id);
    }
    assert_eq!(db.dereference::<Bag>(&DbRef::new("users", 99)).await?, None);
    let elsewhere = DbRef::new("users", 1).in_database("elsewhere");
    let error = db.dereference::<User>(&elsewhere).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`elsewhere`"), "{error}");

    let bags = db.collection_named::<Bag>("users");
    for (id, wrong) in [(10, doc! { "$ref": "users" }), (11, doc! { "$ref": 1, "$id": 1 })] {
        let friend = Bson::Document(wrong);
        // The server refuses these names at the top, not within a document.
        bags.insert(&doc! { "_id": id, "name": "x", "friend": friend }).await?;
        let error = users.get(id).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("friend"), "{error}");
    }
    bags.insert(&doc! { "_id": 12, "name": "x", "friend": { "$ref": "users", "$id": 1, "since": 2020 } })
        .await?;
    assert_eq!(users.get(12).await?.unwrap().friend.unwrap().more, doc! { "since": 2020 });
    Ok(())
}
