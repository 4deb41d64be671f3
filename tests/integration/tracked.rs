//! Tracked documents: the difference is sent, and saves notice each other.

use std::collections::BTreeMap;

use odmium::{
    Collection, Database, ErrorKind,
    bson::{Document, doc},
    dev,
    path::Field,
    prelude::*,
    update::Update,
};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", rename_all = "camelCase")]
struct User {
    id: i32,
    name: String,
    nick: Option<String>,
    home: Address,
    work: Option<Address>,
    tags: Vec<String>,
    notes: BTreeMap<String, i32>,
    #[field(default = 1)]
    level: i32,
    #[field(skip)]
    session: u8,
    #[field(default, version, rename = "v")]
    version: i32,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(rename_all = "camelCase")]
struct Address {
    city: String,
    zip_code: Option<String>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "plain")]
struct Plain {
    id: i32,
    a: i32,
    b: i32,
    #[field(default = Inner { x: 1, y: 1 })]
    inner: Inner,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Inner {
    x: i32,
    y: i32,
}

fn ann() -> User {
    User {
        id: 1,
        name: "Ann".into(),
        nick: Some("a".into()),
        home: Address { city: "Paris".into(), zip_code: Some("75001".into()) },
        work: None,
        tags: vec!["x".into()],
        notes: BTreeMap::from([("k".into(), 1), ("a.b".into(), 1)]),
        level: 1,
        session: 0,
        version: 0,
    }
}

type Case = (fn(&mut User), Document);

// covers: T13
#[odmium::test]
async fn only_the_difference_is_sent(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let users = db.collection::<User>();
    users.insert(&ann()).await?;
    let mut user = users.track(1).await?.expect("she is there");
    assert_eq!(*user, ann());
    let cases: [Case; 9] = [
        (|user| user.name = "Anna".into(), doc! { "$set": { "name": "Anna" } }),
        (|user| user.nick = None, doc! { "$unset": { "nick": "" } }),
        (|user| user.home.city = "Rome".into(), doc! { "$set": { "home.city": "Rome" } }),
        (
            |user| {
                user.home.zip_code = None;
                user.work = Some(Address { city: "Oslo".into(), zip_code: None });
            },
            doc! { "$set": { "work": { "city": "Oslo" } }, "$unset": { "home.zipCode": "" } },
        ),
        (|user| user.tags.push("y".into()), doc! { "$set": { "tags": ["x", "y"] } }),
        (|user| user.notes.extend([("k".into(), 2)]), doc! { "$set": { "notes.k": 2 } }),
        (|user| user.notes.extend([("a.b".into(), 3)]), doc! { "$set": { "notes": { "a.b": 3, "k": 2 } } }),
        (|user| user.level = 2, doc! { "$set": { "level": 2 } }),
        (|user| user.work = None, doc! { "$unset": { "work": "" } }),
    ];
    for (version, (change, expected)) in (0..).zip(cases) {
        drop(sent.take());
        change(&mut user);
        assert_eq!(user.changes()?, Some(expected.clone()));
        assert!(user.save().await?);
        let command = sent.only();
        let update = command.get_array("updates").unwrap()[0].as_document().unwrap();
        assert_eq!(update.get_document("q").unwrap(), &doc! { "_id": { "$eq": 1 }, "v": i64::from(version) });
        let mut with_version = expected;
        with_version.insert("$inc", doc! { "v": 1 });
        assert_eq!(update.get_document("u").unwrap(), &with_version);
        assert_eq!(user.version, version + 1);
        assert_eq!(users.get(1).await?.as_ref(), Some(&*user));
    }
    drop(sent.take());
    user.session = 7;
    assert!(!user.save().await?);
    user.version = 99;
    assert!(!user.save().await?);
    assert_eq!((user.version, user.changes()?), (9, None), "the version is not the user's");
    assert!(sent.take().is_empty(), "no change sends nothing");
    assert_eq!(user.into_inner().session, 7);
    assert!(users.track(2).await?.is_none());
    Ok(())
}

// covers: T13
#[odmium::test]
async fn a_lost_race_is_a_conflict_and_a_deleted_document_is_gone(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.insert(&ann()).await?;
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let users = users.clone();
            tokio::spawn(async move {
                let mut done = false;
                let mut conflicts = 0;
                while !done {
                    let mut user = users.track(1).await?.expect("she is there");
                    user.level += 1;
                    user.tags.push(format!("{n}"));
                    match user.save().await {
                        Err(error) if error.is_conflict() => conflicts += 1,
                        saved => done = saved?,
                    }
                }
                odmium::Result::<i32>::Ok(conflicts)
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic")?;
    }
    let ann = users.get(1).await?.expect("she is there");
    assert_eq!((ann.level, ann.version, ann.tags.len()), (9, 8, 9), "no change is lost");

    let (mut one, mut other) = (users.track(1).await?.unwrap(), users.tracked(ann)?);
    one.name = "One".into();
    other.name = "Other".into();
    assert!(one.save().await?);
    let error = other.save().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
    assert!(!error.is_gone() && error.to_string().contains("_id 1"), "{error}");
    users.update_one(User.id.eq(1), (User.level.inc(1), User.version.inc(1))).await?;
    one.name = "Two".into();
    assert!(one.save().await.unwrap_err().is_conflict(), "an update that counts the version is noticed");
    users.delete_all().await?;
    let error = one.save().await.unwrap_err();
    assert!(error.is_gone() && error.kind() == ErrorKind::Gone, "{error}");
    Ok(())
}

// covers: T13
#[odmium::test]
async fn what_the_model_does_not_know_stays(db: Database) -> odmium::Result<()> {
    let raw: Collection<Document> = db.collection_named("plain");
    raw.insert_many([
        doc! { "_id": 1, "a": 1, "b": 1.0, "more": [1] },
        doc! { "_id": 2, "a": 1, "b": 1, "inner": null },
    ])
    .await?;
    let plain = db.collection::<Plain>();
    let mut one = plain.track(1).await?.expect("it is there");
    // Two writers of two fields do not disturb each other without a version.
    plain.update_one(Plain.id.eq(1), Plain.b.inc(1)).await?;
    one.a = 2;
    one.inner.x = 2;
    assert!(one.save().await?);
    one.inner.x = 3;
    assert!(one.save().await?);
    let stored = raw.find(Field::<Document, i32>::raw("_id").eq(1)).one().await?;
    assert_eq!(stored, doc! { "_id": 1, "a": 2, "b": 2.0, "more": [1], "inner": { "x": 3, "y": 1 } });
    let mut other = one;
    other.id = 5;
    let error = other.save().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("_id"), "{error}");

    let users = db.collection::<User>();
    users.insert(&ann()).await?;
    users.update_one(User.id.eq(1), Update::raw(doc! { "$unset": { "v": "" } })).await?;
    let mut user = users.track(1).await?.expect("she is there");
    user.name = "A".into();
    assert!(user.save().await?);
    assert_eq!(
        (user.version, users.get(1).await?.unwrap().version),
        (1, 1),
        "a document without a version gets one"
    );
    users.update_one(User.id.eq(1), User.version.set(i32::MAX)).await?;
    let mut user = users.track(1).await?.expect("she is there");
    user.name = "B".into();
    assert!(user.save().await.unwrap_err().is_argument(), "no larger version fits");
    Ok(())
}

// covers: T13, M13
#[odmium::test]
async fn a_save_takes_part_in_a_transaction(db: Database) -> odmium::Result<()> {
    let outside = db.collection::<User>();
    outside.insert(&ann()).await?;
    let client = dev::client().await?;
    let users = client.database(db.name()).collection::<User>();
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let mut user = users.track(1).session(&mut session).await?.expect("she is there");
    user.name = "Bob".into();
    assert!(user.save().session(&mut session).await?);
    assert_eq!(outside.get(1).await?.unwrap().name, "Ann");
    let mut stale = users.tracked(ann())?;
    stale.name = "Eve".into();
    assert!(stale.save().session(&mut session).await.unwrap_err().is_conflict());
    session.commit_transaction().await?;
    assert_eq!(outside.get(1).await?.unwrap().name, "Bob");
    Ok(())
}
