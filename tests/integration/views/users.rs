//! The model that the tests of views and selections read, and two documents of it.

use odmium::{
    Collection, Cursor, Database,
    bson::{Document, RawDocument, doc},
    codec::Maybe,
    prelude::*,
};
use odmium_tests::Recorder;

#[derive(Embedded, Clone, Debug, PartialEq)]
pub(crate) struct Address {
    pub(crate) city: String,
    pub(crate) zip: Option<String>,
    pub(crate) geo: Option<Geo>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub(crate) struct Geo {
    pub(crate) lat: f64,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) qty: i32,
    pub(crate) note: Option<String>,
}

#[derive(Embedded, Clone, Copy, Debug, PartialEq)]
#[document(rename_all = "lowercase")]
pub(crate) enum Role {
    Guest,
    Admin,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub(crate) struct Stamp {
    pub(crate) created_by: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) id: i32,
    pub(crate) first_name: String,
    pub(crate) age: i32,
    pub(crate) role: Role,
    pub(crate) nick: Option<String>,
    pub(crate) answer: Maybe<i32>,
    pub(crate) home: Address,
    pub(crate) work: Option<Address>,
    pub(crate) tags: Vec<String>,
    pub(crate) lines: Vec<Line>,
    #[field(as = i64)]
    pub(crate) points: u64,
    pub(crate) boss: Option<Box<User>>,
    #[field(flatten)]
    pub(crate) stamp: Stamp,
}

pub(crate) fn user(id: i32) -> User {
    User {
        id,
        first_name: format!("U{id}"),
        age: 30 + id,
        role: Role::Admin,
        nick: None,
        answer: Maybe::Missing,
        home: Address { city: "Paris".into(), zip: None, geo: Some(Geo { lat: 48.8 }) },
        work: None,
        tags: vec!["a".into(), "b".into(), "c".into()],
        lines: vec![
            Line { sku: "A".into(), qty: 1, note: None },
            Line { sku: "B".into(), qty: 9, note: Some("x".into()) },
        ],
        points: 7,
        boss: None,
        stamp: Stamp { created_by: "root".into() },
    }
}

pub(crate) fn ann() -> User {
    let work = Address { city: "Rome".into(), zip: Some("00100".into()), geo: None };
    let boss = User { boss: Some(Box::new(user(9))), ..user(8) };
    User { nick: Some("annie".into()), work: Some(work), boss: Some(Box::new(boss)), ..user(1) }
}

/// Two users, through a client whose commands are recorded.
pub(crate) async fn users(db: &Database) -> odmium::Result<(Collection<User>, Recorder)> {
    let (db, recorder) = Recorder::attach(db).await?;
    let users = db.collection::<User>();
    users.insert_many([&ann(), &user(2)]).await?;
    let _ = recorder.take();
    Ok((users, recorder))
}

/// The replies hold no field that the projection does not name.
pub(crate) async fn only_these_travel<O: 'static, R: Clone>(
    mut cursor: Cursor<'_, O, R>,
    projection: Document,
) -> odmium::Result<()> {
    let named: Vec<&str> = projection.keys().filter_map(|key| key.split('.').next()).collect();
    while let Some(batch) = cursor.next_batch().await? {
        for row in batch.raw() {
            let keys = keys(row?);
            assert!(keys.iter().all(|key| named.contains(&key.as_str())), "{keys:?} for {projection}");
        }
    }
    Ok(())
}

/// The projection of the only command.
pub(crate) fn sent(recorder: &Recorder) -> Document {
    recorder.only().get_document("projection").unwrap().clone()
}

pub(crate) fn keys(document: &RawDocument) -> Vec<String> {
    document.iter().map(|entry| entry.unwrap().0.to_string()).collect()
}
