//! What the attributes of a field change in the bytes: `skip_if`, `default`, `alias`, `flatten`, `skip`.

use std::collections::{BTreeMap, HashMap};

use bson::{Bson, Document, doc};
use odmium::{
    codec::{DecodeErrorKind, Maybe, decode, encode_to_vec},
    prelude::*,
};

#[track_caller]
fn read<T: odmium::codec::DecodeOwned>(stored: &Document) -> Result<T, odmium::codec::DecodeError> {
    decode(&stored.to_vec().unwrap())
}

#[track_caller]
fn written(value: &impl odmium::codec::EncodeDocument) -> Document {
    decode(&encode_to_vec(value).unwrap()).unwrap()
}

fn answer() -> i32 {
    42
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(rename_all = "camelCase")]
struct Settings {
    #[field(skip_if = Vec::is_empty, default)]
    user_tags: Vec<String>,
    #[field(default = answer())]
    level: i32,
    #[field(rename = "colour", alias = "color", alias = "farbe")]
    shade: String,
    #[field(skip)]
    cached: Option<u64>,
    #[field(skip, default = 7)]
    counter: u128,
    #[field(skip_if = Option::is_none)]
    note: Option<String>,
}

fn settings() -> Settings {
    Settings {
        user_tags: vec!["a".into()],
        level: 1,
        shade: "red".into(),
        cached: None,
        counter: 7,
        note: Some("n".into()),
    }
}

// covers: T1
#[test]
fn skipped_fields_are_neither_written_nor_read() {
    let full = Settings { cached: Some(9), counter: 1, ..settings() };
    let stored = doc! { "userTags": ["a"], "level": 1, "colour": "red", "note": "n" };
    assert_eq!(written(&full), stored);
    let mut with_more = stored;
    with_more.extend(doc! { "cached": "of no matter", "counter": 5 });
    assert_eq!(read::<Settings>(&with_more).unwrap(), settings());
    let bare = Settings { user_tags: vec![], note: None, ..settings() };
    assert_eq!(written(&bare), doc! { "level": 1, "colour": "red" });
}

// covers: T1
#[test]
fn a_default_stands_in_for_a_missing_field_only() {
    let expected = Settings { user_tags: vec![], level: 42, note: None, ..settings() };
    assert_eq!(read::<Settings>(&doc! { "colour": "red" }).unwrap(), expected);
    let error = read::<Settings>(&doc! { "colour": "red", "level": null }).unwrap_err();
    assert_eq!(error.to_string(), "`level` must be an integer of 32 bits, but null is stored");
    let error = read::<Settings>(&doc! { "_id": "x", "level": 1 }).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::Missing);
    assert!(error.to_string().starts_with("`colour` of the document with _id \"x\" is missing: "), "{error}");
}

// covers: T1
#[test]
fn an_alias_is_read_and_never_written() {
    for old in ["color", "farbe"] {
        let mut stored = written(&settings());
        stored.remove("colour");
        stored.insert(old, "red");
        assert_eq!(read::<Settings>(&stored).unwrap(), settings());
        stored.insert(old, 5);
        assert_eq!(read::<Settings>(&stored).unwrap_err().path(), old);
    }
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Size {
    width: i32,
    height: Option<i32>,
}

macro_rules! with_rest {
    ($($model:ident: $rest:ty;)*) => {$(
        #[derive(Embedded, Clone, Debug, PartialEq)]
        struct $model {
            name: String,
            #[field(flatten)]
            size: Size,
            #[field(flatten)]
            rest: $rest,
        }
    )*};
}
with_rest! {
    Numbers: BTreeMap<String, f64>;
    Anything: Document;
    Nested: HashMap<u8, HashMap<char, i32>>;
}

// covers: T1
#[test]
fn a_flattened_struct_and_map_share_the_keys_of_the_document() {
    let value = Numbers {
        name: "n".into(),
        size: Size { width: 1, height: None },
        rest: BTreeMap::from([("x".to_owned(), 1.5), ("y".to_owned(), 2.0)]),
    };
    let stored = doc! { "name": "n", "width": 1, "x": 1.5, "y": 2.0 };
    assert_eq!(written(&value), stored);
    assert_eq!(read::<Numbers>(&stored).unwrap(), value);
    let mut mixed = doc! { "y": 2 };
    mixed.extend(stored);
    assert_eq!(read::<Numbers>(&mixed).unwrap(), value);
}

// covers: T1
#[test]
fn the_rest_of_a_document_can_be_of_any_type() {
    let rest = doc! { "x": [1, { "y": null }], "z": Bson::MinKey };
    let mut stored = doc! { "name": "n", "width": 1, "height": 2 };
    stored.extend(rest.clone());
    let value = Anything { name: "n".into(), size: Size { width: 1, height: Some(2) }, rest };
    assert_eq!(written(&value), stored);
    assert_eq!(read::<Anything>(&stored).unwrap(), value);
}

// covers: T1
#[test]
fn an_error_in_a_flattened_field_has_no_segment_of_its_own() {
    let error = read::<Anything>(&doc! { "name": "n", "width": "w" }).unwrap_err();
    assert_eq!(error.path(), "width");
    let error = read::<Anything>(&doc! { "name": "n" }).unwrap_err();
    assert_eq!((error.path().as_str(), error.kind()), ("width", &DecodeErrorKind::Missing));
    let stored = doc! { "name": "n", "width": 1, "1": { "a": "no" } };
    let error = read::<Nested>(&stored).unwrap_err();
    assert_eq!(error.path(), "1.a");
    let error = read::<Nested>(&doc! { "name": "n", "width": 1, "x": 1 }).unwrap_err();
    assert_eq!(error.path(), "x");
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(deny_unknown)]
struct Strict {
    a: i32,
    inner: Option<Box<Strict>>,
    asked: Maybe<bool>,
}

// covers: T1
#[test]
fn an_unknown_key_is_named_where_it_is_denied() {
    let stored = doc! { "a": 1, "inner": { "a": 2, "asked": null }, "asked": true };
    let value = read::<Strict>(&stored).unwrap();
    assert_eq!(value.inner.as_ref().unwrap().asked, Maybe::Null);
    assert_eq!(written(&value), stored);
    let error = read::<Strict>(&doc! { "_id": 3, "a": 1, "inner": { "a": 2, "b": 3 } }).unwrap_err();
    assert_eq!((error.path().as_str(), error.kind()), ("_id", &DecodeErrorKind::UnknownKey));
    let error = read::<Strict>(&doc! { "a": 1, "inner": { "a": 2, "b": 3 } }).unwrap_err();
    assert_eq!((error.path().as_str(), error.kind()), ("inner.b", &DecodeErrorKind::UnknownKey));
    assert!(error.to_string().contains("drop `deny_unknown`"), "{error}");
}
