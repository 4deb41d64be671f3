//! Views: what they send, and what they read.

mod users;

use std::{borrow::Cow, sync::Arc};

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    prelude::*,
};

pub(crate) use self::users::*;

/// A view, what it sends, and what it reads of both users.
macro_rules! views {
    ($db:expr; $($view:ty: $projection:tt => [$first:expr, $second:expr],)*) => {
        let (users, recorder) = users($db).await?;
        $(
            let read = users.find(Filter::everything()).sort(User.id.asc()).select_as::<$view>().await?;
            assert_eq!(sent(&recorder), doc! $projection, stringify!($view));
            assert_eq!(read, [$first, $second]);
            only_these_travel(users.find(Filter::everything()).select_as::<$view>().cursor().await?, doc! $projection).await?;
            let _ = recorder.take();
        )*
    };
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
pub(crate) struct Plain {
    pub(crate) id: i32,
    pub(crate) first_name: String,
    pub(crate) role: Role,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Renamed {
    #[field(from = first_name)]
    name: String,
    #[field(from = home.city)]
    city: String,
    #[field(from = home.geo.lat)]
    lat: Option<f64>,
    #[field(from = work.city)]
    office: Option<String>,
    #[field(from = work.zip)]
    zip: Option<String>,
    #[field(from = stamp.created_by)]
    by: String,
    #[field(from = boss.boss.age)]
    age_of_grand_boss: Option<i64>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Wider {
    id: i64,
    age: f64,
    first_name: Arc<str>,
    nick: Option<Arc<str>>,
    home: Option<Address>,
    role: Option<Role>,
    work: Option<Box<Address>>,
    #[field(from = answer)]
    maybe: Option<i64>,
    tags: Arc<Vec<Box<str>>>,
    lines: Bson,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Defaulted {
    #[field(default)]
    nick: String,
    #[field(from = work.city, default = "none".to_owned())]
    office: String,
    #[field(skip)]
    extra: u64,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Bridged {
    #[field(as = i64)]
    points: u64,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Address)]
struct City {
    city: String,
    #[field(from = geo.lat)]
    lat: Option<f64>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Line)]
struct Sku {
    sku: String,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Nested {
    home: City,
    work: Option<City>,
    lines: Vec<Sku>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Overlapping {
    home: Address,
    #[field(from = home.city)]
    city: String,
    #[field(from = home)]
    place: City,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Chain {
    id: i32,
    boss: Option<Box<Chain>>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Parts {
    #[field(slice = -2)]
    tags: Vec<String>,
    #[field(from = lines, elem_match = Line.qty.gt(2))]
    large: Option<Sku>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct OnlyParts {
    #[field(slice(1, 1))]
    tags: Vec<String>,
    #[field(meta = "indexKey")]
    key: Option<Document>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Computed {
    #[field(expr = User.first_name.expr().concat("!"))]
    first_name: String,
    #[field(expr = User.age + 1)]
    next: i64,
    #[field(expr = User.nick.expr())]
    nick: Option<String>,
    #[field(expr = odmium::expr::literal(Role::Guest))]
    role: Role,
    #[field(expr = User.nick.expr(), default = "none".to_owned())]
    alias: String,
}

// covers: T8
#[odmium::test]
async fn a_view_sends_its_fields_and_reads_nothing_else(db: Database) -> odmium::Result<()> {
    let some = |text: &str| Some(text.to_owned());
    views! { &db;
        Plain: { "_id": 1, "firstName": 1, "role": 1 } => [
            Plain { id: 1, first_name: "U1".into(), role: Role::Admin },
            Plain { id: 2, first_name: "U2".into(), role: Role::Admin }
        ],
        Renamed: {
            "firstName": 1, "home.city": 1, "home.geo.lat": 1, "work.city": 1, "work.zip": 1, "created_by": 1,
            "boss.boss.age": 1, "_id": 0,
        } => [
            Renamed {
                name: "U1".into(), city: "Paris".into(), lat: Some(48.8), office: some("Rome"),
                zip: some("00100"), by: "root".into(), age_of_grand_boss: Some(39),
            },
            Renamed {
                name: "U2".into(), city: "Paris".into(), lat: Some(48.8), office: None, zip: None,
                by: "root".into(), age_of_grand_boss: None,
            }
        ],
        Wider: {
            "_id": 1, "age": 1, "firstName": 1, "nick": 1, "home": 1, "role": 1, "work": 1, "answer": 1,
            "tags": 1, "lines": 1,
        } => [wider(&ann()), wider(&user(2))],
        Defaulted: { "nick": 1, "work.city": 1, "_id": 0 } => [
            Defaulted { nick: "annie".into(), office: "Rome".into(), extra: 0 },
            Defaulted { nick: String::new(), office: "none".into(), extra: 0 }
        ],
        Bridged: { "points": 1, "_id": 0 } => [Bridged { points: 7 }, Bridged { points: 7 }],
        Nested: {
            "home.city": 1, "home.geo.lat": 1, "work.city": 1, "work.geo.lat": 1, "lines.sku": 1, "_id": 0,
        } => [
            Nested { home: paris(), work: Some(City { city: "Rome".into(), lat: None }), lines: skus() },
            Nested { home: paris(), work: None, lines: skus() }
        ],
        Overlapping: { "home": 1, "_id": 0 } => [
            Overlapping { home: user(1).home, city: "Paris".into(), place: paris() },
            Overlapping { home: user(1).home, city: "Paris".into(), place: paris() }
        ],
        Chain: { "_id": 1, "boss": 1 } => [
            Chain { id: 1, boss: Some(Box::new(Chain { id: 8, boss: Some(Box::new(Chain { id: 9, boss: None })) })) },
            Chain { id: 2, boss: None }
        ],
        Parts: { "tags": { "$slice": -2 }, "lines": { "$elemMatch": { "qty": { "$gt": 2 } } }, "_id": 1 } => [
            Parts { tags: vec!["b".into(), "c".into()], large: Some(Sku { sku: "B".into() }) },
            Parts { tags: vec!["b".into(), "c".into()], large: Some(Sku { sku: "B".into() }) }
        ],
        Computed: {
            "__first_name": { "$concat": ["$firstName", "!"] }, "__next": { "$add": ["$age", 1] },
            "__nick": "$nick", "__role": "guest", "__alias": "$nick", "_id": 1,
        } => [
            Computed {
                first_name: "U1!".into(), next: 32, nick: some("annie"), role: Role::Guest, alias: "annie".into(),
            },
            Computed { first_name: "U2!".into(), next: 33, nick: None, role: Role::Guest, alias: "none".into() }
        ],
        OnlyParts: { "tags": { "$slice": [1, 1_i64] }, "__indexKey": { "$meta": "indexKey" }, "_id": 1 } => [
            OnlyParts { tags: vec!["b".into()], key: Some(doc! { "_id": 1 }) },
            OnlyParts { tags: vec!["b".into()], key: Some(doc! { "_id": 2 }) }
        ],
    }
    Ok(())
}

fn paris() -> City {
    City { city: "Paris".into(), lat: Some(48.8) }
}

fn skus() -> Vec<Sku> {
    vec![Sku { sku: "A".into() }, Sku { sku: "B".into() }]
}

fn wider(user: &User) -> Wider {
    Wider {
        id: user.id.into(),
        age: user.age.into(),
        first_name: user.first_name.as_str().into(),
        nick: user.nick.as_deref().map(Into::into),
        home: Some(user.home.clone()),
        role: Some(user.role),
        work: user.work.clone().map(Box::new),
        maybe: None,
        tags: Arc::new(user.tags.iter().map(|tag| tag.as_str().into()).collect()),
        lines: odmium::codec::encode_to_bson(&user.lines).unwrap(),
    }
}

#[derive(View, Debug, PartialEq)]
#[view(of = Address)]
struct BorrowedCity<'a> {
    city: &'a str,
}

#[derive(View, Debug, PartialEq)]
#[view(of = User)]
struct Borrowed<'a> {
    first_name: &'a str,
    nick: Option<Cow<'a, str>>,
    home: BorrowedCity<'a>,
    #[field(from = work.city)]
    office: Option<&'a str>,
    tags: Vec<&'a str>,
}

// covers: T4, T8
#[odmium::test]
async fn a_borrowed_view_reads_from_the_batch(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    let find = users.find(User.id.eq(1)).select_as::<Borrowed<'_>>();
    let mut cursor = find.cursor().await?;
    let mut seen = 0;
    while let Some(batch) = cursor.next_batch().await? {
        let fields = &["firstName", "nick", "home.city", "work.city", "tags", "_id"];
        assert!(sent(&recorder).keys().eq(fields));
        for row in batch.iter() {
            let expected = Borrowed {
                first_name: "U1",
                nick: Some("annie".into()),
                home: BorrowedCity { city: "Paris" },
                office: Some("Rome"),
                tags: vec!["a", "b", "c"],
            };
            assert_eq!(row?, expected);
            seen += 1;
        }
        // The reply holds nothing else.
        let raw: Vec<String> = batch.raw().flat_map(|row| keys(row.unwrap())).collect();
        assert_eq!(raw, ["firstName", "nick", "home", "work", "tags"]);
    }
    assert_eq!(seen, 1);
    Ok(())
}

#[derive(Document)]
#[document(collection = "boxes")]
struct Boxed<T> {
    id: i32,
    value: T,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Boxed<T>)]
struct Value<T> {
    value: T,
    id: i64,
}

// covers: T8
#[odmium::test]
async fn a_view_of_a_generic_model_is_generic(db: Database) -> odmium::Result<()> {
    let boxes = db.collection::<Boxed<Line>>();
    let line = || Line { sku: "A".into(), qty: 1, note: None };
    boxes.insert(&Boxed { id: 1, value: line() }).await?;
    let read: Option<Value<Line>> = boxes.get(1).select_as().await?;
    assert_eq!(read, Some(Value { value: line(), id: 1 }));
    Ok(())
}

// covers: T8
#[odmium::test]
async fn a_document_that_does_not_fit_the_view_is_a_decode_error(db: Database) -> odmium::Result<()> {
    let (users, _) = users(&db).await?;
    let set = |update: Document| users.update_one(User.id.eq(1), odmium::Update::raw(update));
    set(doc! { "$unset": { "firstName": "" }, "$set": { "home": "gone" } }).await?;
    let error = users.get(1).select_as::<Plain>().await.unwrap_err();
    assert_eq!(error.decode_error().unwrap().path(), "firstName");
    set(doc! { "$set": { "firstName": "x", "work.city": 5 } }).await?;
    let error = users.get(1).select_as::<Renamed>().await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    Ok(())
}

#[derive(View, Debug)]
#[view(of = Address)]
struct Shout {
    #[field(expr = Address.city.expr().to_upper())]
    _loud: String,
}

#[derive(View, Debug)]
#[view(of = User)]
struct Outer {
    #[field(from = home)]
    _home: Shout,
}

#[odmium::test]
async fn a_computed_field_in_an_inner_view_is_refused(db: Database) -> odmium::Result<()> {
    let (users, recorder) = users(&db).await?;
    let error = users.get(1).select_as::<Outer>().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("the view of `home`"), "{error}");
    assert_eq!(recorder.take(), Vec::<Document>::new());
    Ok(())
}
