//! Runs a page's pipeline and its typed form, and compares what they give.

use std::fmt::Debug;

use odmium::{
    Collection, Database,
    bson::{Bson, DateTime, Decimal128, Document, doc},
    codec::DecodeOwned,
    model,
    pipeline::{NoCollection, Pipeline},
    prelude::*,
};

/// The collection of a model with the documents of a page, as the page has them.
pub(crate) async fn filled<M: model::Document + model::ReadWrite>(
    db: &Database,
    documents: impl IntoIterator<Item = Document>,
) -> Collection<M> {
    let raw = db.inner().collection::<Document>(M::COLLECTION);
    raw.insert_many(documents).await.unwrap();
    db.collection()
}

/// Both give the same documents; those of the typed form are returned as their type.
pub(crate) async fn same<S, O>(from: &Collection<S>, typed: Pipeline<S, O>, page: Vec<Document>) -> Vec<O>
where
    S: model::Document,
    O: DecodeOwned + Debug + Send + 'static,
{
    same_by(from, typed, page, |document| document).await
}

/// Both give the same documents once those of the typed form have the keys of the page.
pub(crate) async fn same_by<S, O>(
    from: &Collection<S>,
    typed: Pipeline<S, O>,
    page: Vec<Document>,
    keys: impl Fn(Document) -> Document,
) -> Vec<O>
where
    S: model::Document,
    O: DecodeOwned + Debug + Send + 'static,
{
    let raw = from.inner().clone_with_type::<Document>();
    let run = async |stages: Vec<Document>| -> Vec<Document> {
        let cursor =
            raw.aggregate(stages.clone()).await.unwrap_or_else(|error| panic!("{stages:?}: {error}"));
        cursor.try_collect().await.unwrap()
    };
    let found = run(typed.to_stages().unwrap()).await.into_iter().map(keys).collect();
    let sorted = is_sorted(&page);
    agree(found, run(page).await, sorted);
    let rows = from.aggregate().then(typed).await;
    rows.unwrap_or_else(|error| panic!("{error}"))
}

/// As [`same_by`], of pipelines that read no collection.
pub(crate) async fn same_on<O>(
    db: &Database,
    typed: Pipeline<NoCollection, O>,
    page: Vec<Document>,
    keys: impl Fn(Document) -> Document,
) -> Vec<O>
where
    O: DecodeOwned + Debug + Send + 'static,
{
    let run = async |stages: Vec<Document>| -> Vec<Document> {
        db.inner().aggregate(stages).await.unwrap().try_collect().await.unwrap()
    };
    let found = run(typed.to_stages().unwrap()).await.into_iter().map(keys).collect();
    let sorted = is_sorted(&page);
    agree(found, run(page).await, sorted);
    db.aggregate(typed).await.unwrap()
}

/// The documents of a collection, in the order of `_id`.
pub(crate) async fn stored(db: &Database, collection: &str) -> Vec<Document> {
    let all = db.inner().collection::<Document>(collection);
    all.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap()
}

/// They are the same documents; there are some.
pub(crate) fn agree(found: Vec<Document>, page: Vec<Document>, sorted: bool) {
    assert!(!page.is_empty(), "the page gives nothing");
    let normal = |documents: Vec<Document>| {
        let mut documents: Vec<Bson> =
            documents.into_iter().map(|document| normal(document.into())).collect();
        if !sorted {
            documents.sort_by_key(|document| format!("{document:?}"));
        }
        documents
    };
    assert_eq!(normal(found), normal(page), "typed, and the page");
}

/// Whether nothing takes the order away again.
fn is_sorted(page: &[Document]) -> bool {
    const ORDER: [&str; 5] = ["$sort", "$sortByCount", "$bucket", "$bucketAuto", "$geoNear"];
    const NO_ORDER: [&str; 3] = ["$group", "$setWindowFields", "$unionWith"];
    let has = |stage: &Document, names: &[&str]| names.iter().any(|name| stage.contains_key(name));
    let last = page.iter().rev().find(|stage| has(stage, &ORDER) || has(stage, &NO_ORDER));
    last.is_some_and(|stage| has(stage, &ORDER))
}

/// Keys in one order, and whole numbers of one type: `$sum` of `1` is an int32, and a count is read as `i64`.
fn normal(value: Bson) -> Bson {
    match value {
        Bson::Int32(number) => Bson::Int64(number.into()),
        #[expect(clippy::cast_possible_truncation, reason = "only where nothing is cut off")]
        Bson::Double(number) if number.fract() == 0.0 && number.abs() < 1e15 => Bson::Int64(number as i64),
        Bson::Decimal128(number) => match number.to_string().parse::<f64>() {
            Ok(whole) if whole.fract() == 0.0 => normal(Bson::Double(whole)),
            _ => Bson::Decimal128(number),
        },
        Bson::Array(values) => values.into_iter().map(normal).collect::<Vec<_>>().into(),
        Bson::Document(document) => {
            let mut fields: Vec<_> = document.into_iter().map(|(key, value)| (key, normal(value))).collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            Bson::Document(fields.into_iter().collect())
        }
        other => other,
    }
}

/// The members of a tuple under the page's names.
pub(crate) fn columns(names: &[&str]) -> impl Fn(Document) -> Document {
    move |mut row| {
        for (number, name) in names.iter().enumerate() {
            if let Some(value) = row.remove(format!("_{number}")) {
                row.insert(*name, value);
            }
        }
        row
    }
}

/// The first member, and the others beside its fields under the page's names; they replace what is there.
pub(crate) fn beside(names: &[&str]) -> impl Fn(Document) -> Document {
    move |mut row| {
        let Some(Bson::Document(mut first)) = row.remove("_0") else { panic!("no document: {row}") };
        for (number, name) in names.iter().enumerate() {
            first.remove(name);
            if let Some(value) = row.remove(format!("_{}", number + 1)) {
                first.insert(*name, value);
            }
        }
        first
    }
}

/// A date of the manual.
pub(crate) fn date(text: &str) -> DateTime {
    let text = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
    DateTime::parse_rfc3339_str(text).unwrap()
}

/// A decimal of the manual.
pub(crate) fn decimal(text: &str) -> Decimal128 {
    text.parse().unwrap()
}
