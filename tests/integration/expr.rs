//! Expressions: what they render to, and what the server makes of them, read as the type that they claim.

mod arrays;
mod conditions;
mod crates;
mod dates;
mod filters;
mod numbers;
mod objects;
mod pipelines;
mod texts;

use std::{collections::BTreeMap, fmt::Debug};

use odmium::{
    Database,
    bson::{Bson, Decimal128, Document, doc},
    codec::{DecodeOwned, Encode, decode_bson, encode_to_bson},
    expr::Expr,
    prelude::*,
};

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Line {
    sku: String,
    qty: i32,
    price: f64,
    note: Option<String>,
    maker: Maker,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Maker {
    city: String,
}

#[derive(Embedded, Clone, Copy, Debug, PartialEq)]
pub enum Role {
    Guest,
    Admin,
}

/// Every field that is no `Option` is the same in the three documents of [`db_with_rows`].
#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
pub struct Row {
    id: i32,
    n: i32,
    big: i64,
    x: f64,
    dec: Decimal128,
    small: u8,
    #[field(as = i64)]
    huge: u64,
    flag: bool,
    s: String,
    digits: String,
    at: DateTime,
    until: DateTime,
    list: Vec<i32>,
    flags: Vec<bool>,
    words: Vec<String>,
    grid: Vec<Vec<i32>>,
    holes: Vec<Option<i32>>,
    lines: Vec<Line>,
    line: Line,
    counts: BTreeMap<String, i32>,
    numbers: BTreeMap<i32, i32>,
    role: Role,
    on: Option<i32>,
    obig: Option<i64>,
    ox: Option<f64>,
    os: Option<String>,
    oat: Option<DateTime>,
    olist: Option<Vec<i32>>,
    owords: Option<Vec<String>>,
    oline: Option<Line>,
    orole: Option<Role>,
}

fn line(sku: &str, qty: i32, price: f64) -> Line {
    Line { sku: sku.into(), qty, price, note: None, maker: Maker { city: "Rome".into() } }
}

fn date(text: &str) -> DateTime {
    DateTime::parse_rfc3339_str(text).unwrap()
}

fn decimal(text: &str) -> Decimal128 {
    text.parse().unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn row() -> Row {
    Row {
        id: 1,
        n: 7,
        big: 5_000_000_000,
        x: 2.5,
        dec: decimal("1.5"),
        small: 200,
        huge: 40,
        flag: true,
        s: "Ärger $1".into(),
        digits: "42".into(),
        at: date("2024-03-31T23:30:15.250Z"),
        until: date("2025-01-01T00:00:00Z"),
        list: vec![3, 1, 2, 1],
        flags: vec![true, false],
        words: texts(&["b", "a"]),
        grid: vec![vec![1, 2], vec![3]],
        holes: vec![Some(1), None],
        lines: vec![line("A", 2, 1.5), line("B", 1, 4.0)],
        line: line("C", 3, 2.0),
        counts: [("k".to_owned(), 1)].into(),
        numbers: [(5, 6)].into(),
        role: Role::Admin,
        on: Some(3),
        obig: Some(4),
        ox: Some(0.25),
        os: Some(" ab ".into()),
        oat: Some(date("2024-01-01T00:00:00Z")),
        olist: Some(vec![1, 9]),
        owords: Some(texts(&["a", "z"])),
        oline: Some(line("D", 4, 0.5)),
        orole: Some(Role::Guest),
    }
}

/// Three rows: the whole one; one where every optional field is null; one where they are missing.
async fn db_with_rows(db: &Database) -> odmium::Result<()> {
    let rows = db.collection::<Row>();
    rows.insert(&row()).await?;
    let raw = rows.inner().clone_with_type::<Document>();
    let mut missing = raw.find_one(doc! {}).await?.unwrap();
    let optional: Vec<String> = missing.keys().filter(|key| key.starts_with('o')).cloned().collect();
    let mut null = missing.clone();
    for key in &optional {
        missing.remove(key);
        null.insert(key, Bson::Null);
    }
    null.insert("_id", 2);
    missing.insert("_id", 3);
    raw.insert_many([null, missing]).await?;
    Ok(())
}

/// Expressions that are looked at one by one.
struct Cases<'a> {
    db: &'a Database,
}

impl<'a> Cases<'a> {
    async fn new(db: &'a Database) -> odmium::Result<Self> {
        db_with_rows(db).await?;
        Ok(Self { db })
    }

    /// The same value in every row.
    async fn same<T>(&self, expr: Expr<Row, T>, rendered: impl Into<Bson>, expected: T)
    where
        T: DecodeOwned + Encode + Clone + Debug + PartialEq,
    {
        self.each(expr, rendered, [expected.clone(), expected.clone(), expected]).await;
    }

    /// One value where the optional fields have values, one where they are null or missing.
    async fn opt<T>(&self, expr: Expr<Row, T>, rendered: impl Into<Bson>, some: T, none: T)
    where
        T: DecodeOwned + Encode + Clone + Debug + PartialEq,
    {
        self.each(expr, rendered, [some, none.clone(), none]).await;
    }

    /// The value in each row. It has exactly the BSON type that `T` is written as.
    async fn each<T>(&self, expr: Expr<Row, T>, rendered: impl Into<Bson>, expected: [T; 3])
    where
        T: DecodeOwned + Encode + Debug + PartialEq,
    {
        assert_eq!(expr.to_bson().unwrap(), rendered.into());
        for (value, expected) in self.values(&expr).await.into_iter().zip(expected) {
            let read: T = read(&expr, value.as_ref());
            assert_eq!(read, expected, "{expr:?}");
            let written = encode_to_bson(&read).unwrap();
            assert_eq!(value.unwrap_or(Bson::Null), written, "{expr:?} has another BSON type");
        }
    }

    /// The value in every row, in whatever form the server has it.
    async fn reads<T>(&self, expr: Expr<Row, T>, rendered: impl Into<Bson>, expected: T)
    where
        T: DecodeOwned + Debug + PartialEq,
    {
        assert_eq!(expr.to_bson().unwrap(), rendered.into());
        for value in self.values(&expr).await {
            assert_eq!(read::<T>(&expr, value.as_ref()), expected, "{expr:?}");
        }
    }

    async fn values<T>(&self, expr: &Expr<Row, T>) -> Vec<Option<Bson>> {
        let stages = [
            doc! { "$sort": { "_id": 1 } },
            doc! { "$project": { "_id": 0, "value": expr.to_computed().unwrap() } },
        ];
        let rows = self.db.collection::<Row>();
        let result = async { rows.inner().aggregate(stages).await?.try_collect::<Vec<_>>().await }.await;
        let documents = result.unwrap_or_else(|error| panic!("{expr:?}: {error}"));
        assert_eq!(documents.len(), 3);
        documents.into_iter().map(|mut document| document.remove("value")).collect()
    }
}

fn read<T: DecodeOwned>(expr: &Expr<Row, T>, value: Option<&Bson>) -> T {
    match value {
        Some(value) => decode_bson(value).unwrap_or_else(|error| panic!("{expr:?} gave {value}: {error}")),
        None => T::missing().unwrap_or_else(|| panic!("{expr:?} gave nothing")),
    }
}
