//! Borrowed values: they point into the bytes they were read from.

use std::{borrow::Cow, collections::BTreeMap};

use bson::{Binary, Bson, RawDocument, doc, spec::BinarySubtype};
use odmium::{
    Database,
    codec::{DecodeErrorKind, decode, decode_raw, encode_to_raw},
    prelude::*,
};

/// Whether a part lies inside the bytes.
fn inside(bytes: &[u8], part: &[u8]) -> bool {
    let range = bytes.as_ptr_range();
    !part.is_empty() && range.contains(&part.as_ptr()) && part.as_ptr_range().end <= range.end
}

#[derive(Embedded, Debug, PartialEq)]
struct Part<'a> {
    text: &'a str,
    #[field(rename = "raw")]
    document: &'a RawDocument,
}

#[derive(Document, Debug, PartialEq)]
#[document(collection = "rows")]
struct Row<'a> {
    id: i64,
    name: &'a str,
    nick: Option<&'a str>,
    title: Cow<'a, str>,
    bytes: &'a [u8],
    cow: Cow<'a, [u8]>,
    tags: Vec<&'a str>,
    part: Part<'a>,
    map: BTreeMap<String, &'a str>,
    document: &'a RawDocument,
    owned: String,
}

fn stored(id: i64) -> bson::Document {
    let binary =
        |bytes: &[u8]| Bson::Binary(Binary { subtype: BinarySubtype::Generic, bytes: bytes.to_vec() });
    doc! {
        "_id": id,
        "name": format!("name {id}"),
        "nick": "nick",
        "title": "a title",
        "bytes": binary(&[1, 2, 3]),
        "cow": binary(&[4, 5]),
        "tags": ["x", "yy"],
        "part": { "text": "inner", "raw": { "deep": [1] } },
        "map": { "key": "value" },
        "document": { "any": null },
        "owned": "copied",
    }
}

fn borrows(bytes: &[u8], row: &Row<'_>) {
    let Row { name, nick, title, bytes: binary, cow, tags, part, map, document, owned, .. } = row;
    assert!(inside(bytes, name.as_bytes()));
    assert!(inside(bytes, nick.unwrap().as_bytes()));
    assert!(matches!(title, Cow::Borrowed(text) if inside(bytes, text.as_bytes())));
    assert!(inside(bytes, binary));
    assert!(matches!(cow, Cow::Borrowed(binary) if inside(bytes, binary)));
    assert!(tags.iter().all(|tag| inside(bytes, tag.as_bytes())));
    assert!(inside(bytes, part.text.as_bytes()));
    assert!(inside(bytes, part.document.as_bytes()));
    assert!(inside(bytes, map["key"].as_bytes()));
    assert!(inside(bytes, document.as_bytes()));
    assert!(!inside(bytes, owned.as_bytes()));
}

// covers: T4
#[test]
fn a_borrowed_model_points_into_its_bytes() {
    let bytes = stored(1).to_vec().unwrap();
    let row: Row<'_> = decode(&bytes).unwrap();
    borrows(&bytes, &row);
    assert_eq!(encode_to_raw(&row).unwrap().as_bytes(), bytes);
    let raw = RawDocument::from_bytes(&bytes).unwrap();
    assert_eq!(decode_raw::<Row<'_>>(raw).unwrap(), row);
    let (name, tags) = (row.name, row.tags);
    // The parts outlive the model: they are the bytes'.
    assert_eq!((name, tags), ("name 1", vec!["x", "yy"]));
}

// covers: T4
#[test]
fn a_borrowed_field_is_read_from_nothing_else() {
    let read = |key: &str, value: Bson| {
        let mut document = stored(1);
        document.insert(key, value);
        let bytes = document.to_vec().unwrap();
        decode::<Row<'_>>(&bytes).unwrap_err()
    };
    for (key, value, path) in [
        ("name", 5.into(), "name"),
        ("nick", doc! {}.into(), "nick"),
        ("title", Bson::Null, "title"),
        ("bytes", Bson::Array(vec![1.into()]), "bytes"),
        ("cow", "x".into(), "cow"),
        ("tags", Bson::Array(vec!["x".into(), 1.into()]), "tags.1"),
        ("part", doc! { "text": 1, "raw": {} }.into(), "part.text"),
        ("part", doc! { "text": "x", "raw": [] }.into(), "part.raw"),
    ] {
        let error = read(key, value);
        assert_eq!(error.path(), path);
        assert!(matches!(error.kind(), DecodeErrorKind::Type { .. }), "{error}");
        assert_eq!(error.id(), Some(&Bson::Int64(1)));
    }
}

// covers: T4
#[odmium::test]
async fn a_batch_lends_its_bytes_to_borrowed_models(db: Database) -> odmium::Result<()> {
    let documents = db.collection_named::<bson::Document>("rows");
    documents.insert_many((0..250).map(stored)).await?;
    let rows = db.collection::<Row<'_>>();
    let mut cursor = rows.find(Filter::everything()).sort(Row.id.asc()).batch_size(100).cursor().await?;
    let (mut batches, mut next) = (0, 0);
    while let Some(batch) = cursor.next_batch().await? {
        batches += 1;
        let reply = batch.reply().unwrap().as_bytes();
        let rows: Vec<Row<'_>> = batch.iter().collect::<odmium::Result<_>>()?;
        for row in &rows {
            borrows(reply, row);
            assert_eq!((row.id, row.name), (next, format!("name {next}").as_str()));
            next += 1;
        }
        for raw in batch.raw() {
            assert!(inside(reply, raw?.as_bytes()));
        }
    }
    assert_eq!((batches, next), (3, 250));
    Ok(())
}

// covers: T4
#[odmium::test]
async fn a_bad_document_in_a_batch_is_one_error_among_sound_rows(db: Database) -> odmium::Result<()> {
    let documents = db.collection_named::<bson::Document>("rows");
    let mut bad = stored(1);
    bad.insert("tags", vec![Bson::Int32(5)]);
    documents.insert_many([stored(0), bad, stored(2)]).await?;
    let mut cursor = db.collection::<Row<'_>>().find(Filter::everything()).cursor().await?;
    let batch = cursor.next_batch().await?.unwrap();
    let rows: Vec<_> = batch.iter().collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2].as_ref().unwrap().id, 2);
    let error = rows[1].as_ref().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`tags.0` of the document with _id 1 must be a string, but an int32 is stored"
    );
    Ok(())
}
