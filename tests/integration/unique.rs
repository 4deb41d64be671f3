//! Operations on the one document of a unique key.

use odmium::{Client, Database, bson::doc, dev, prelude::*, update::Update};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", rename_all = "camelCase", index(org, -login_name, unique), index(-email, unique))]
struct User {
    id: Id<User>,
    #[field(index(unique))]
    email: String,
    org: i32,
    login_name: Option<String>,
    #[field(index(unique, sparse))]
    phone: Option<String>,
    name: String,
}

fn user(email: &str, org: i32, login: &str) -> User {
    User {
        id: Id::new(),
        email: email.into(),
        org,
        login_name: Some(login.into()),
        phone: None,
        name: email.to_uppercase(),
    }
}

// covers: T12
#[odmium::test]
async fn a_document_is_read_by_each_of_its_keys(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let users = db.collection::<User>();
    users.sync_indexes().await?;
    let ann = User { phone: Some("1".into()), ..user("ann@x.org", 1, "ann") };
    users.insert_many([&ann, &user("bob@x.org", 1, "bob")]).await?;
    drop(sent.take());
    let cases = [
        (users.get_by(User.email, "ann@x.org"), doc! { "email": "ann@x.org" }),
        (users.get_by(User.id, ann.id), doc! { "_id": ann.id.object_id() }),
        (users.get_by(User.phone, "1"), doc! { "phone": "1" }),
        (users.get_by((User.org, User.login_name), (1, "ann")), doc! { "org": 1, "loginName": "ann" }),
    ];
    for (get, filter) in cases {
        assert_eq!(get.await?, Some(ann.clone()), "{filter}");
        assert_eq!(sent.only().get_document("filter").unwrap(), &filter);
    }
    assert_eq!(users.get_by(User.email, "eve@x.org").await?, None);
    Ok(())
}

// covers: T12
#[odmium::test]
async fn an_upsert_sets_its_key_once(db: Database) -> odmium::Result<()> {
    let (db, sent) = Recorder::attach(&db).await?;
    let users = db.collection::<User>();
    users.sync_indexes().await?;
    drop(sent.take());
    let upsert = |name: &str| {
        users.upsert_by(User.email, "ann@x.org", (User.name.set(name), User.org.set_on_insert(1)))
    };
    let first = upsert("Ann").await?;
    assert!(first.upserted_id.is_some());
    let updates = sent.only();
    let update = updates.get_array("updates").unwrap()[0].as_document().unwrap();
    assert_eq!(update.get_document("q").unwrap(), &doc! { "email": "ann@x.org" });
    assert_eq!(
        update.get_document("u").unwrap(),
        &doc! { "$setOnInsert": { "email": "ann@x.org", "org": 1 }, "$set": { "name": "Ann" } },
    );
    let second = upsert("Anna").await?;
    assert_eq!((second.upserted_id, second.matched, second.modified), (None, 1, 1));
    let ann = users.get_by(User.email, "ann@x.org").await?.unwrap();
    assert_eq!((ann.name.as_str(), ann.org), ("Anna", 1));

    let by_id = users.upsert_by(User.id, ann.id, User.name.set("A")).await?;
    assert_eq!(by_id.matched, 1);
    let changes = (User.name.set("B"), User.email.set_on_insert("b@x.org"));
    users.upsert_by((User.org, User.login_name), (7, "b"), changes).await?;
    assert_eq!(users.get_by((User.org, User.login_name), (7, "b")).await?.unwrap().email, "b@x.org");

    drop(sent.take());
    let hidden = Update::new().and(User.email.set("other@x.org"));
    let error = users.upsert_by(User.email, "ann@x.org", hidden).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`email`"), "{error}");
    assert!(sent.take().is_empty());
    Ok(())
}

// covers: T12
#[odmium::test]
async fn of_many_at_a_time_one_inserts_and_all_get_its_document(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.sync_indexes().await?;
    for round in 0..5 {
        let email = format!("ann{round}@x.org");
        let tasks: Vec<_> = (0..8)
            .map(|n| {
                let (users, email) = (users.clone(), email.clone());
                tokio::spawn(async move {
                    let make = || user(&email, round, &format!("{n}"));
                    users.find_or_insert_by(User.email, &email, make).await
                })
            })
            .collect();
        let mut found = Vec::new();
        for task in tasks {
            found.push(task.await.expect("no panic")?);
        }
        assert_eq!(found.iter().filter(|it| it.inserted).count(), 1);
        assert!(found.iter().all(|it| it.document == found[0].document), "{found:?}");
    }
    assert_eq!(users.count(Filter::everything()).await?, 5);
    let upserts = (0..8).map(|n| {
        let users = users.clone();
        tokio::spawn(async move { users.upsert_by(User.email, "eve@x.org", User.org.inc(n)).await })
    });
    let mut inserted = 0;
    for upsert in upserts.collect::<Vec<_>>() {
        inserted += i32::from(upsert.await.expect("no panic")?.upserted_id.is_some());
    }
    assert_eq!((inserted, users.count(User.email.eq("eve@x.org") & User.org.eq(28)).await?), (1, 1));
    let found = users.find_or_insert_by(User.email, "ann0@x.org", || unreachable!("it is there")).await?;
    assert!(!found.inserted);
    Ok(())
}

// covers: T12
#[odmium::test]
async fn a_new_document_must_have_the_key_and_break_no_other_index(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    users.sync_indexes().await?;
    let error =
        users.find_or_insert_by(User.email, "ann@x.org", || user("bob@x.org", 1, "a")).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`email`"), "{error}");
    users.insert(&user("bob@x.org", 1, "a")).await?;
    let error =
        users.find_or_insert_by(User.email, "ann@x.org", || user("ann@x.org", 1, "a")).await.unwrap_err();
    assert_eq!(error.duplicate_key::<User>(), Some(UserIndex::OrgLoginName), "{error}");
    assert_eq!(users.count(Filter::everything()).await?, 1);
    Ok(())
}

// covers: T12, M13
#[odmium::test]
async fn they_take_part_in_a_transaction(db: Database) -> odmium::Result<()> {
    let client: Client = dev::client().await?;
    let outside = db.collection::<User>();
    outside.sync_indexes().await?;
    let users = client.database(db.name()).collection::<User>();
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let s = &mut session;
    let new = users.find_or_insert_by(User.email, "a@x.org", || user("a@x.org", 1, "a")).session(s).await?;
    assert!(new.inserted);
    users.upsert_by(User.email, "a@x.org", User.name.set("A")).session(s).await?;
    assert_eq!(users.get_by(User.email, "a@x.org").session(s).await?.unwrap().name, "A");
    assert_eq!(outside.get_by(User.email, "a@x.org").await?, None);
    // Who is overtaken by another transaction repeats its own.
    let mut other = client.start_session().await?;
    other.start_transaction().await?;
    let lost =
        users.find_or_insert_by(User.email, "a@x.org", || user("a@x.org", 2, "b")).session(&mut other).await;
    assert!(lost.unwrap_err().has_label("TransientTransactionError"));
    session.abort_transaction().await?;
    assert_eq!(outside.count(Filter::everything()).await?, 0);
    Ok(())
}
