//! Runs a pipeline of a page beside the typed one, and compares what they give.

use std::fmt::Debug;

use odmium::{
    Collection, Database, Expr,
    bson::{Bson, Document, doc},
    codec::{DecodeOwned, Encode, decode_bson, encode_to_bson},
    model,
    prelude::*,
};

/// The collection of a page, with its documents as the page has them.
pub async fn page<D: model::Document>(
    db: &Database,
    documents: impl IntoIterator<Item = Document>,
) -> Collection<D> {
    let collection = db.collection::<D>();
    let raw = collection.inner().clone_with_type::<Document>();
    raw.insert_many(documents).await.unwrap();
    collection
}

/// Both pipelines give the same documents, in whatever order. What the typed one gives, read.
pub async fn same<D, O>(
    collection: &Collection<D>,
    typed: Pipeline<D, O>,
    raw: impl IntoIterator<Item = Document>,
) -> Vec<O>
where
    D: model::Document,
    O: DecodeOwned + Encode + Debug + Send + 'static,
{
    compare(collection, typed, raw, sorted).await
}

/// Both pipelines give the same documents in the same order.
pub async fn same_order<D, O>(
    collection: &Collection<D>,
    typed: Pipeline<D, O>,
    raw: impl IntoIterator<Item = Document>,
) -> Vec<O>
where
    D: model::Document,
    O: DecodeOwned + Encode + Debug + Send + 'static,
{
    compare(collection, typed, raw, |documents| documents).await
}

async fn compare<D, O>(
    collection: &Collection<D>,
    typed: Pipeline<D, O>,
    raw: impl IntoIterator<Item = Document>,
    order: fn(Vec<Bson>) -> Vec<Bson>,
) -> Vec<O>
where
    D: model::Document,
    O: DecodeOwned + Encode + Debug + Send + 'static,
{
    let stages = typed.to_stages().unwrap();
    let expected = run(collection, raw.into_iter().collect()).await;
    assert!(!expected.is_empty(), "the page's pipeline gives nothing");
    let found = run(collection, stages.clone()).await;
    assert_eq!(order(found.clone()), order(expected.clone()), "{stages:?}");

    // The types of the output hold what the server gives: written again, it is the same.
    let read: Vec<O> = found.iter().map(|document| decode_bson(document).unwrap()).collect();
    let written = read.iter().map(|output| widened(encode_to_bson(output).unwrap())).collect();
    assert_eq!(order(written), order(expected.into_iter().map(widened).collect()), "{stages:?}");

    let awaited = collection.aggregate().then(typed).await.unwrap();
    assert_eq!(awaited.len(), read.len());
    awaited
}

/// What a pipeline in the server's own form gives.
pub async fn run<D: model::Document>(collection: &Collection<D>, stages: Vec<Document>) -> Vec<Bson> {
    let run = async { collection.inner().aggregate(stages.clone()).with_type().await?.try_collect().await };
    let documents: Vec<Document> = run.await.unwrap_or_else(|error| panic!("{stages:?}: {error}"));
    documents.into_iter().map(Bson::Document).collect()
}

fn sorted(mut documents: Vec<Bson>) -> Vec<Bson> {
    documents.sort_by_cached_key(|document| format!("{:?}", widened(document.clone())));
    documents
}

/// Without nulls, which an `Option` does not write; integers and keys in one form, as a sum of int32 is read as `i64`.
fn widened(value: Bson) -> Bson {
    match value {
        Bson::Int32(number) => Bson::Int64(number.into()),
        Bson::Array(values) => values.into_iter().map(widened).collect(),
        Bson::Document(document) => {
            let mut fields: Vec<_> = document.into_iter().filter(|(_, value)| *value != Bson::Null).collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            fields.into_iter().map(|(key, value)| (key, widened(value))).collect::<Document>().into()
        }
        value => value,
    }
}

/// A date of ISO 8601.
pub fn date(text: &str) -> DateTime {
    DateTime::parse_rfc3339_str(text).unwrap()
}

/// The documents of a page without an `_id` are numbered from 1, so that they can be named.
pub fn numbered(documents: impl IntoIterator<Item = Document>) -> Vec<Document> {
    let with_id = |(number, document): (i32, Document)| {
        let mut numbered = doc! { "_id": number };
        numbered.extend(document);
        numbered
    };
    (1..).zip(documents).map(with_id).collect()
}

/// What an expression of a page gives for each document, in the order of `_id`, beside the typed one.
pub async fn computed<D, T>(collection: &Collection<D>, typed: Expr<D, T>, raw: impl Into<Bson>) -> Vec<T>
where
    D: model::Document,
    T: DecodeOwned + Encode + Debug + Send + 'static,
{
    let sorted = doc! { "$sort": { "_id": 1 } };
    let raw = doc! { "$project": { "_id": 0, "_0": raw.into() } };
    let expected = run(collection, vec![sorted.clone(), raw]).await;
    assert!(!expected.is_empty(), "the page has no documents");
    let mut stages = Pipeline::<D>::new().project((typed,)).to_stages().unwrap();
    stages.insert(0, sorted);
    let found = run(collection, stages.clone()).await;
    assert_eq!(found, expected, "{stages:?}");

    let values = found.into_iter().map(|document| match document {
        Bson::Document(mut document) => document.remove("_0"),
        other => Some(other),
    });
    let read = |value: Option<Bson>| {
        let read = match &value {
            Some(value) => {
                decode_bson(value).unwrap_or_else(|error| panic!("{stages:?} gave {value}: {error}"))
            }
            None => T::missing().unwrap_or_else(|| panic!("{stages:?} gave nothing")),
        };
        let written = encode_to_bson::<T>(&read).unwrap();
        assert_eq!(widened(written), widened(value.unwrap_or(Bson::Null)), "{stages:?}");
        read
    };
    values.map(read).collect()
}

/// Both pipelines give values that are read as the same: tuples travel as documents, where a page has arrays.
pub async fn same_values<D, O>(
    collection: &Collection<D>,
    typed: Pipeline<D, O>,
    raw: impl IntoIterator<Item = Document>,
) -> Vec<O>
where
    D: model::Document,
    O: DecodeOwned + Debug + PartialEq + Send + 'static,
{
    let expected = run(collection, raw.into_iter().collect()).await;
    let expected: Vec<O> = expected.iter().map(|document| decode_bson(document).unwrap()).collect();
    let found = collection.aggregate().then(typed).await.unwrap();
    assert!(!found.is_empty(), "the page's pipeline gives nothing");
    assert_eq!(found, expected);
    found
}
