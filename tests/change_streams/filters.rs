//! Conditions on events.

use std::time::Duration;

use odmium::{
    ChangeStream, Collection, Database,
    bson::doc,
    change_stream::{Change, Event, OperationType},
    prelude::*,
};

use crate::support::{Address, User, user};

/// What the writes of [`write`] are called, in their order.
const WRITES: [&str; 12] = [
    "insert 1",
    "insert 2",
    "email",
    "city",
    "address",
    "tags",
    "cut",
    "unset zip",
    "unset work",
    "replace",
    "age",
    "delete",
];

/// Texts of tokens are in the order of their places.
fn place<E: 'static>(stream: &ChangeStream<'_, E>) -> String {
    stream.resume_token().unwrap().to_string()
}

async fn write(users: &Collection<User>) -> odmium::Result<()> {
    let work = Address { city: "Bonn".into(), zip: Some("5".into()) };
    let one = User.id.eq(1);
    users.insert(&User { work: Some(work.clone()), ..user(1) }).await?;
    users.insert(&User { age: 60, ..user(2) }).await?;
    users.update_one(one.clone(), User.email.set("new@x.org")).await?;
    users.update_one(one.clone(), User.address.city.set("Oslo")).await?;
    let raw = doc! { "$set": { "address": { "zip": "4", "city": "Rome" } } };
    users.inner().update_one(doc! { "_id": 1 }, raw).await?;
    users.update_one(one.clone(), User.tags.push_each(["a", "b", "c"])).await?;
    let cut = doc! { "$set": { "tags": { "$slice": ["$tags", 1] } } };
    users.inner().update_one(doc! { "_id": 1 }, vec![cut]).await?;
    users.update_one(one.clone(), User.work.zip.unset()).await?;
    users.update_one(one.clone(), User.work.unset()).await?;
    users.replace_one(one.clone(), &User { age: 70, ..user(1) }).await?;
    users.update_one(one.clone(), User.age.set(71)).await?;
    users.delete_one(one).await?;
    Ok(())
}

// covers: M43, M44, T22
#[odmium::test]
async fn events_are_filtered_on_the_server(db: Database) -> odmium::Result<()> {
    db.create_collection("users").pre_and_post_images(true).await?;
    let users = db.collection::<User>();
    let updated = OperationType::Update;
    let cases: Vec<(Change<User>, &[&str])> = vec![
        (Change::inserted(), &["insert 1", "insert 2"]),
        (Change::deleted(), &["delete"]),
        (Change::replaced(), &["replace"]),
        (Change::kinds([OperationType::Replace, OperationType::Delete]), &["replace", "delete"]),
        (Change::kinds([]), &[]),
        (
            Change::any_update(),
            &["email", "city", "address", "tags", "cut", "unset zip", "unset work", "age"],
        ),
        (Change::updated(User.email), &["email"]),
        (Change::updated(User.address), &["city", "address"]),
        (Change::updated(User.address.city), &["city", "address"]),
        (Change::updated(User.address.zip) & !Change::updated(User.address.city), &[]),
        (Change::updated(User.tags), &["tags", "cut"]),
        (Change::updated(User.work), &[]),
        (Change::removed(User.work), &["unset work"]),
        (Change::removed(User.work.zip), &["unset zip", "unset work"]),
        (Change::of(2), &["insert 2"]),
        (Change::document(User.age.gte(60)), &["insert 2", "replace", "age"]),
        (Change::document(User.age.gte(60) & User.email.eq("2@x.org")), &["insert 2"]),
        (Change::document(User.age.eq(71) | User.id.eq(2)), &["insert 2", "age"]),
        (
            Change::document(!User.tags.contains("a")) & Change::any_update(),
            &["email", "city", "address", "age"],
        ),
        (Change::document(Filter::expr(User.age.expr().gt(User.id.expr() + 68))), &["replace", "age"]),
        (Change::document(Filter::everything()) & Change::deleted(), &[]),
        (Change::before(User.age.eq(70)), &["age"]),
        (Change::before(User.age.eq(71)), &["delete"]),
        (
            (Change::inserted() | Change::deleted() | Change::replaced()) & Change::of(1),
            &["insert 1", "replace", "delete"],
        ),
        (!Change::kinds([updated, OperationType::Insert]), &["replace", "delete"]),
        (Change::raw(doc! { "updateDescription.updatedFields.age": 71 }), &["age"]),
    ];
    let start = users.watch().await?.resume_token().unwrap();
    write(&users).await?;
    let mut names = std::collections::HashMap::new();
    let mut all = users.watch().start_after(start.clone()).await?;
    for name in WRITES {
        let event = all.try_next().await?.unwrap();
        names.insert(event.info().cluster_time().map(|at| (at.time, at.increment)).unwrap(), name);
    }
    let end = place(&all);
    for (change, expected) in cases {
        let text = change.to_document()?;
        let watch = users
            .watch()
            .full_document_when_available()
            .before_change()
            .max_await_time(Duration::from_millis(20));
        let mut stream = watch.filter(change).start_after(start.clone()).await?;
        let mut found = Vec::new();
        while place(&stream) < end {
            if let Some(event) = stream.next_if_any().await? {
                let at = event.info().cluster_time().map(|at| (at.time, at.increment)).unwrap();
                found.push(names[&at]);
            }
        }
        assert_eq!(found, expected, "{text}");
    }
    Ok(())
}

// covers: M43
#[odmium::test]
async fn several_filters_and_stages_go_together(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let watch = users.watch().filter(Change::inserted()).filter(Change::document(User.age.gt(21)));
    let mut stream = watch.raw_stage(doc! { "$set": { "fullDocument.email": "seen" } }).await?;
    users.insert_many([1, 2].map(user)).await?;
    users.delete_one(User.id.eq(2)).await?;
    let Some(Event::Inserted { id: 2, document, .. }) = stream.try_next().await? else { panic!() };
    assert_eq!(document.email, "seen");
    assert!(stream.next_if_any().await?.is_none());
    Ok(())
}

// covers: M43
#[odmium::test]
async fn conditions_that_no_stream_can_check_are_refused(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let raw = Filter::raw(doc! { "$where": "true" });
    for (filter, word) in [
        (raw.clone(), "`$where`"),
        (User.age.gt(1) | raw, "`$where`"),
        (Filter::raw(doc! { "x": { "$near": [1, 2] } }), "within_circle"),
    ] {
        let change = Change::inserted() & Change::document(filter);
        let error = users.watch().filter(change.clone() | Change::deleted()).await.err().unwrap();
        assert!(error.is_argument() && error.to_string().contains(word), "{error}");
        assert!((!change).to_document().unwrap_err().is_argument());
    }
    Ok(())
}
