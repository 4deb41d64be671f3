//! Maps: documents whose keys are data.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    fmt::Debug,
    rc::Rc,
    sync::Arc,
};

use bson::{Bson, Document, doc, oid::ObjectId};
use odmium::{
    Id,
    codec::{DecodeErrorKind, MapKey},
};

use crate::support::{read_bson, refused, stored_as, write};

#[track_caller]
fn keys<K: MapKey + Ord + Clone + Debug>(texts: impl IntoIterator<Item = (K, &'static str)>) {
    for (key, text) in texts {
        let mut stored = Document::new();
        stored.insert(text, 1);
        stored_as(BTreeMap::from([(key, 1)]), stored);
    }
}

// covers: T3
#[test]
fn every_key_type_has_one_text() {
    keys([("".to_owned(), ""), ("a.b $c".to_owned(), "a.b $c"), ("\u{17c}".to_owned(), "\u{17c}")]);
    keys([(Box::<str>::from("a"), "a")]);
    keys([(Rc::<str>::from("a"), "a")]);
    keys([(Arc::<str>::from("a"), "a")]);
    keys([(Cow::Borrowed("a"), "a")]);
    keys([(i8::MIN, "-128")]);
    keys([(i16::MAX, "32767")]);
    keys([(i32::MIN, "-2147483648")]);
    keys([(i64::MIN, "-9223372036854775808")]);
    keys([(i128::MIN, "-170141183460469231731687303715884105728")]);
    keys([(isize::MAX, "9223372036854775807")]);
    keys([(u8::MAX, "255")]);
    keys([(u16::MAX, "65535")]);
    keys([(u32::MAX, "4294967295")]);
    keys([(u64::MAX, "18446744073709551615")]);
    keys([(u128::MAX, "340282366920938463463374607431768211455")]);
    keys([(usize::MAX, "18446744073709551615")]);
    keys([('\u{1f600}', "\u{1f600}")]);
    keys([(true, "true"), (false, "false")]);
    let oid = ObjectId::parse_str("65a1b2c3d4e5f60718293a4b").unwrap();
    keys([(oid, "65a1b2c3d4e5f60718293a4b")]);
    keys([(Id::<Document>::from_object_id(oid), "65a1b2c3d4e5f60718293a4b")]);
    keys([(uuid::Uuid::from_bytes([0xab; 16]), "abababab-abab-abab-abab-abababababab")]);
    let uuid = bson::Uuid::from_bytes([0xab; 16]);
    let stored = doc! { "abababab-abab-abab-abab-abababababab": 1 };
    stored_as(HashMap::from([(uuid, 1)]), stored);
}

// covers: T3
#[test]
fn maps_of_maps_are_documents_of_documents() {
    let map = BTreeMap::from([("a".to_owned(), BTreeMap::from([(1, Some(true)), (2, Some(false))]))]);
    stored_as(map, doc! { "a": { "1": true, "2": false } });
    stored_as(HashMap::<String, i32>::new(), doc! {});
}

// covers: T3
#[test]
fn a_map_writes_no_field_for_none() {
    let map = BTreeMap::from([("a", Some(1)), ("b", None)].map(|(key, value)| (key.to_owned(), value)));
    assert_eq!(write(&map).unwrap(), write(&doc! { "a": 1 }).unwrap());
    let read: BTreeMap<String, Option<i32>> = read_bson(doc! { "a": 1, "b": null }).unwrap();
    assert_eq!(read, map);
}

// covers: T3
#[test]
fn a_key_or_value_that_does_not_fit_is_named_by_its_path() {
    let error = read_bson::<BTreeMap<i32, i32>>(doc! { "1": 1, "x": 2 }).unwrap_err();
    assert_eq!(error.path(), "x");
    assert!(matches!(error.kind(), DecodeErrorKind::Value { .. }), "{error}");
    assert!(error.to_string().contains("a key that reads as i32"), "{error}");
    let nested = doc! { "1": { "2": { "x": "no" } } };
    let error = read_bson::<HashMap<u8, HashMap<u8, HashMap<char, i32>>>>(nested).unwrap_err();
    assert_eq!(error.path(), "1.2.x");
    refused::<HashMap<String, i32>>(vec![Bson::Int32(1)], "must be a document, but an array is stored");
}
