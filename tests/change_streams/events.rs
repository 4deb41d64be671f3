//! Events typed by the model.

use odmium::{
    Database, Error,
    bson::{Document, doc, spec::ElementType},
    change_stream::{Change, Event, NoImage, OperationType},
    path::Field,
    prelude::*,
};
use odmium_tests::Recorder;

use crate::support::{Address, User, user};

// covers: M44, T22
#[odmium::test]
async fn each_kind_is_a_variant(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.insert(&user(1)).await?;
    let mut stream = users.watch().await?;
    users.insert(&user(2)).await?;
    users.update_one(User.id.eq(1), User.age.inc(5)).await?;
    users.replace_one(User.id.eq(2), &User { age: 99, ..user(2) }).await?;
    users.delete_one(User.id.eq(2)).await?;
    users.drop().await?;

    let Some(Event::Inserted { id: 2, document, info }) = stream.try_next().await? else { panic!() };
    assert_eq!(document, user(2));
    let place = info.namespace().unwrap();
    assert_eq!((place.database(), place.collection()), (db.name(), Some("users")));
    assert_eq!(place.to_string(), format!("{}.users", db.name()));
    assert!(info.cluster_time().unwrap().time > 1_600_000_000);
    assert!(info.wall_time().unwrap().timestamp_millis() > 1_600_000_000_000);
    assert_eq!((info.lsid(), info.txn_number(), info.document_key()), (None, None, None));

    let Some(Event::Updated { id: 1, changes, document: NoImage, before: NoImage, .. }) =
        stream.try_next().await?
    else {
        panic!()
    };
    assert_eq!(changes.get(User.age)?, Some(26));
    assert_eq!(changes.get(User.email)?, None);

    let Some(Event::Replaced { id: 2, document, before: NoImage, .. }) = stream.try_next().await? else {
        panic!()
    };
    assert_eq!(document.age, 99);
    let deleted = stream.try_next().await?.unwrap();
    assert!(matches!(deleted, Event::Deleted { id: 2, before: NoImage, .. }));
    assert_eq!((deleted.id(), deleted.operation_type()), (Some(&2), Some(OperationType::Delete)));
    let dropped = stream.try_next().await?.unwrap();
    assert!(matches!(dropped, Event::Dropped { .. }));
    assert_eq!(dropped.info().namespace(), deleted.info().namespace());
    let last = stream.try_next().await?.unwrap();
    assert!(matches!(last, Event::Invalidated { .. }));
    assert_eq!((last.id(), last.info().namespace()), (None, None));
    assert!(stream.try_next().await?.is_none());
    assert!(!stream.is_alive() && stream.id().is_none());
    assert!(stream.resume_token().is_some());
    Ok(())
}

// covers: M44, T22
#[odmium::test]
async fn changes_are_asked_for_by_path(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let home = Address { city: "Rome".into(), zip: Some("1".into()) };
    let start = User { work: Some(home.clone()), tags: (0..9).map(|n| n.to_string()).collect(), ..user(1) };
    users.insert(&start).await?;
    let mut stream = users.watch().await?;
    let one = User.id.eq(1);
    users.update_one(one.clone(), (User.address.city.set("Oslo"), User.work.zip.unset())).await?;
    users.update_one(one.clone(), User.address.set(home.clone())).await?;
    users.update_one(one.clone(), User.work.unset()).await?;
    users.update_one(one.clone(), User.tags.push("new")).await?;
    users.update_one(one.clone(), User.tags.set(["0".repeat(90), "1".repeat(90)])).await?;
    let cut = doc! { "$set": { "tags": { "$slice": ["$tags", 1] } } };
    users.inner().update_one(doc! { "_id": 1 }, vec![cut]).await?;

    let mut all = Vec::new();
    for _ in 0..6 {
        let Some(Event::Updated { changes, .. }) = stream.try_next().await? else { panic!() };
        all.push(changes);
    }
    let [parts, whole, unset, push, set, cut] = all.try_into().unwrap();

    assert_eq!(parts.get(User.address.city)?.as_deref(), Some("Oslo"));
    assert_eq!(parts.get(User.address)?, None, "only a part of it is known");
    assert!(parts.touches(User.address) && parts.touches(User.work) && !parts.touches(User.age));
    assert!(parts.removed(User.work.zip) && !parts.removed(User.work) && !parts.removed(User.address.zip));
    assert_eq!(parts.removed_fields().collect::<Vec<_>>(), ["work.zip"]);
    assert_eq!(parts.updated_fields().map(|(name, _)| name).collect::<Vec<_>>(), ["address.city"]);
    assert!(parts.as_raw().get_document("updatedFields").is_ok());

    assert_eq!(whole.get(User.address.city)?.as_deref(), Some("Rome"));
    assert_eq!(whole.get(User.address.zip)?, Some(Some("1".into())));

    assert!(unset.removed(User.work) && unset.removed(User.work.city) && unset.touches(User.work.zip));
    assert_eq!(unset.get(User.work)?, None);

    assert_eq!(push.get(User.tags.at(9))?.as_deref(), Some("new"));
    assert_eq!(push.get(User.tags)?, None);
    assert!(push.touches(User.tags) && !push.touches(User.tags.at(0)));

    assert!(set.touches(User.tags));
    assert_eq!(cut.truncated(User.tags), Some(1));
    assert_eq!(cut.truncated_arrays().collect::<Vec<_>>(), [("tags", 1)]);
    assert!(cut.touches(User.tags) && cut.truncated(User.work.zip).is_none());
    let raw: Field<User, i64> = Field::raw("tags");
    assert!(cut.touches(raw));
    Ok(())
}

// covers: M43, M44, T22
#[odmium::test]
async fn images_are_there_when_they_are_asked_for(db: Database) -> odmium::Result<()> {
    db.create_collection("users").pre_and_post_images(true).await?;
    let users = db.collection::<User>();
    users.insert(&user(1)).await?;
    let mut looked_up = users.watch().full_document().await?;
    let mut available = users.watch().full_document_when_available().before_change().await?;
    let mut required = users.watch().before_change_required().full_document_required().await?;
    users.update_one(User.id.eq(1), User.age.set(50)).await?;
    users.update_one(User.id.eq(1), User.age.set(60)).await?;
    users.replace_one(User.id.eq(1), &User { age: 70, ..user(1) }).await?;
    users.delete_one(User.id.eq(1)).await?;

    let Some(Event::Updated { document: None, before: NoImage, .. }) = looked_up.try_next().await? else {
        panic!("it is deleted when it is looked up")
    };
    for (before, after) in [(21, 50), (50, 60)] {
        let Some(Event::Updated { document: Some(new), before: Some(old), .. }) =
            available.try_next().await?
        else {
            panic!()
        };
        assert_eq!((old.age, new.age), (before, after));
        let Some(Event::Updated { document, before: old, .. }) = required.try_next().await? else { panic!() };
        let (old, new): (User, User) = (old, document);
        assert_eq!((old.age, new.age), (before, after));
    }
    let Some(Event::Replaced { document, before: Some(old), .. }) = available.try_next().await? else {
        panic!()
    };
    assert_eq!((old.age, document.age), (60, 70));
    let Some(Event::Deleted { before: Some(old), .. }) = available.try_next().await? else { panic!() };
    assert_eq!(old.age, 70);

    // Where none are kept, an option is `None`, and what is required ends the stream.
    db.run_command(doc! { "collMod": "users", "changeStreamPreAndPostImages": { "enabled": false } }).await?;
    let mut available = users.watch().full_document_when_available().before_change().await?;
    let mut required = users.watch().filter(Change::any_update()).full_document_required().await?;
    users.insert(&user(2)).await?;
    users.update_one(User.id.eq(2), User.age.set(1)).await?;
    assert!(matches!(available.try_next().await?, Some(Event::Inserted { .. })));
    let Some(Event::Updated { document: None, before: None, .. }) = available.try_next().await? else {
        panic!()
    };
    let error: Error = required.try_next().await.unwrap_err();
    assert!(error.is_command() && error.to_string().contains("post-image"), "{error}");
    assert!(!required.is_alive() && required.try_next().await?.is_none());
    Ok(())
}

// covers: M44
#[odmium::test]
async fn expanded_and_other_events_are_read(db: Database) -> odmium::Result<()> {
    let mut plain = db.watch().await?;
    let mut stream = db.watch().show_expanded_events(true).await?;
    let log = db.collection_named::<Document>("log");
    log.insert(&doc! { "_id": "a" }).await?;
    let (from, to) = (format!("{}.log", db.name()), format!("{}.old", db.name()));
    db.create_collection("old").await?;
    db.run_command(doc! { "createIndexes": "log", "indexes": [{ "key": { "x": 1 }, "name": "x_1" }] })
        .await?;
    let hide = doc! { "collMod": "log", "index": { "name": "x_1", "hidden": true } };
    db.run_command(hide).await?;
    db.run_command(doc! { "dropIndexes": "log", "index": "x_1" }).await?;
    let rename = doc! { "renameCollection": from, "to": &to, "dropTarget": true };
    db.client().database("admin").run_command(rename).await?;
    db.inner().drop().await?;

    let Some(Event::Created { description, info }) = stream.try_next().await? else { panic!() };
    assert!(description.contains_key("idIndex"), "{description}");
    assert!(info.collection_uuid().is_some());
    let Some(Event::Inserted { id, document, .. }) = stream.try_next().await? else { panic!() };
    assert_eq!((id.as_str(), document), (Some("a"), doc! { "_id": "a" }));
    assert!(matches!(stream.try_next().await?, Some(Event::Created { .. })));
    let Some(Event::IndexesCreated { indexes, .. }) = stream.try_next().await? else { panic!() };
    assert_eq!(indexes[0].get_str("name").unwrap(), "x_1");
    let Some(Event::Modified { description, .. }) = stream.try_next().await? else { panic!() };
    assert_eq!(description.get_document("index").unwrap().get_str("name").unwrap(), "x_1");
    let Some(Event::IndexesDropped { indexes, .. }) = stream.try_next().await? else { panic!() };
    assert_eq!(indexes.len(), 1);
    let Some(Event::Renamed { to: name, description, .. }) = stream.try_next().await? else { panic!() };
    assert_eq!(name.to_string(), to);
    assert!(description.get("dropTarget").is_some_and(|uuid| uuid.element_type() == ElementType::Binary));
    assert_eq!(description.get_document("to").unwrap().get_str("coll").unwrap(), "old");
    assert!(matches!(stream.try_next().await?, Some(Event::Dropped { .. })));
    let Some(Event::DatabaseDropped { info }) = stream.try_next().await? else { panic!() };
    assert_eq!(info.namespace().unwrap().collection(), None);
    assert!(matches!(stream.try_next().await?, Some(Event::Invalidated { .. })));
    assert!(stream.try_next().await?.is_none());

    let mut kinds = Vec::new();
    while let Some(event) = plain.try_next().await? {
        if let Event::Renamed { description, .. } = &event {
            assert_eq!(*description, doc! {}, "expanded events were not asked for");
        }
        kinds.push(event.operation_type().unwrap());
    }
    let expected = ["insert", "rename", "drop", "dropDatabase", "invalidate"]
        .map(|name| OperationType::from_name(name).unwrap());
    assert_eq!(kinds, expected);
    Ok(())
}

// covers: M44
#[odmium::test]
async fn what_is_not_known_is_kept_and_what_does_not_fit_is_told(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let new_kind = doc! { "$set": { "operationType": "brandNew", "ns.viewOn": "x" } };
    let mut unknown = users.watch().raw_stage(new_kind).await?;
    let mut projected = users.watch().raw_stage(doc! { "$project": { "ns": 0, "operationType": 0 } }).await?;
    let mut bare = users.watch().raw_stage(doc! { "$project": { "fullDocument": 0 } }).await?;
    let mut typed = users.watch().await?;
    db.collection_named::<Document>("users").insert(&doc! { "_id": 7, "email": 1 }).await?;
    users.insert(&user(8)).await?;

    let Some(event @ Event::Other { .. }) = unknown.try_next().await? else { panic!() };
    assert!(event.operation_type().is_none() && event.info().namespace().is_some());
    let Event::Other { event, .. } = event else { panic!() };
    assert_eq!(event.get_document("fullDocument").unwrap().get_i32("email").unwrap(), 1);

    for (stream, key) in [(&mut projected, "operationType"), (&mut bare, "fullDocument")] {
        let error = stream.try_next().await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(key), "{error}");
        assert!(error.to_string().contains("`raw()` or `as_type()`"), "{error}");
    }
    let error = typed.try_next().await.unwrap_err();
    let told = error.decode_error().unwrap();
    assert_eq!((told.path().as_str(), told.id()), ("fullDocument.email", Some(&7.into())));
    assert!(matches!(typed.try_next().await?, Some(Event::Inserted { id: 8, .. })), "it goes on behind it");
    Ok(())
}

#[derive(Embedded, Debug, PartialEq)]
struct Short {
    #[field(rename = "operationType")]
    kind: String,
    age: i32,
}

// covers: M43
#[odmium::test]
async fn events_of_another_form_are_read_as_another_type(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let short = doc! { "$project": { "operationType": 1, "age": "$fullDocument.age" } };
    let mut stream = users.watch().raw_stage(short).as_type::<Short>().await?;
    let mut documents = users.watch().as_type::<Document>().await?;
    let without = users.watch().raw_stage(doc! { "$project": { "_id": 0 } }).raw();
    let mut without = without.await?;
    users.insert(&user(1)).await?;
    assert_eq!(stream.try_next().await?, Some(Short { kind: "insert".into(), age: 21 }));
    assert!(documents.try_next().await?.unwrap().contains_key("clusterTime"));
    let error = without.try_next().await.unwrap_err();
    assert!(error.is_command() && error.to_string().contains("place in the stream"), "{error}");
    assert!(without.try_next().await?.is_none() && !without.is_alive());
    Ok(())
}

// covers: M44
#[odmium::test]
async fn a_transaction_shows_in_its_events(db: Database) -> odmium::Result<()> {
    let (db, recorder) = Recorder::attach(&db).await?;
    let users = db.collection::<User>();
    users.insert(&user(0)).await?;
    let mut stream = users.watch().await?;
    let mut session = db.client().start_session().await?;
    session.start_transaction().await?;
    users.insert(&user(1)).session(&mut session).await?;
    users.insert(&user(2)).session(&mut session).await?;
    let _ = recorder.take();
    session.commit_transaction().await?;
    let number = recorder.take()[0].get_i64("txnNumber").unwrap();
    let (first, second) = (stream.try_next().await?.unwrap(), stream.try_next().await?.unwrap());
    assert_eq!((first.info().txn_number(), second.info().txn_number()), (Some(number), Some(number)));
    assert_eq!(first.info().lsid().unwrap().get("id"), session.id().get("id"));
    assert_eq!(first.info().cluster_time(), second.info().cluster_time());
    assert_eq!((first.id(), second.id()), (Some(&1), Some(&2)));
    Ok(())
}
