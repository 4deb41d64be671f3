//! Everything that is stored as an array, as binary data, or not at all.

use std::{
    collections::{BTreeSet, HashSet, LinkedList, VecDeque},
    rc::Rc,
    sync::Arc,
};

use bson::{Binary, Bson, bson, doc, spec::BinarySubtype};
use bytes::Bytes;
use odmium::{
    codec::{Decode, Encode, Maybe},
    prelude::*,
};

use crate::support::{read, read_bson, refused, stored_as, write};

fn binary(bytes: &[u8]) -> Bson {
    Bson::Binary(Binary { subtype: BinarySubtype::Generic, bytes: bytes.to_vec() })
}

// covers: T3
#[test]
fn lists_are_arrays_in_every_container() {
    stored_as(vec![1, 2, 3], bson!([1, 2, 3]));
    stored_as(Vec::<String>::new(), bson!([]));
    stored_as(vec![vec![1], vec![], vec![2, 3]], bson!([[1], [], [2, 3]]));
    stored_as(VecDeque::from(["a".to_owned(), "b".to_owned()]), bson!(["a", "b"]));
    stored_as(LinkedList::from([true, false]), bson!([true, false]));
    stored_as(BTreeSet::from([3, 1, 2]), bson!([1, 2, 3]));
    stored_as(HashSet::from([7]), bson!([7]));
    stored_as([1.0, 2.0], bson!([1.0, 2.0]));
    stored_as(Box::<[i32]>::from([1, 2]), bson!([1, 2]));
    let long: Vec<i32> = (0..12_345).collect();
    stored_as(long.clone(), Bson::Array(long.into_iter().map(Bson::Int32).collect()));
}

// covers: T3
#[test]
fn bytes_are_binary_data() {
    stored_as(vec![0_u8, 255], binary(&[0, 255]));
    stored_as(Vec::<u8>::new(), binary(&[]));
    stored_as([1_u8, 2, 3], binary(&[1, 2, 3]));
    stored_as(Box::<[u8]>::from([1_u8]), binary(&[1]));
    stored_as(Bytes::from_static(b"abc"), binary(b"abc"));
    assert_eq!(write(b"abc".as_slice()).unwrap(), doc! { "v": binary(b"abc") }.to_vec().unwrap());
    stored_as(vec![vec![1_u8], vec![]], Bson::Array(vec![binary(&[1]), binary(&[])]));
    assert_eq!(read_bson::<Vec<u8>>(bson!([1, 2_i64, 3.0])).unwrap(), [1, 2, 3]);
    let old = Binary { subtype: BinarySubtype::BinaryOld, bytes: vec![5; 3] };
    assert_eq!(read_bson::<Vec<u8>>(old).unwrap(), [5; 3]);
    refused::<Vec<u8>>("abc", "must be binary data, but a string is stored");
    refused::<[u8; 4]>(binary(&[1, 2, 3]), "4 elements, but one of 3 is stored");
    refused::<Bytes>(bson!([1]), "must be binary data, but an array is stored");
}

// covers: T3
#[test]
fn arrays_and_tuples_have_exactly_their_length() {
    stored_as((1, "x".to_owned()), bson!([1, "x"]));
    stored_as((1,), bson!([1]));
    stored_as((1, 2_i64, 3.0, true, 'c', vec![()]), bson!([1, 2_i64, 3.0, true, "c", [null]]));
    refused::<[i32; 3]>(bson!([1, 2]), "3 elements, but one of 2 is stored");
    refused::<[i32; 0]>(bson!([1]), "0 elements, but one of 1 is stored");
    refused::<(i32, i32)>(bson!([1]), "an array of 2 elements");
    refused::<(i32, i32)>(bson!([1, 2, 3]), "an array of 2 elements");
    refused::<(i32, i32)>(doc! { "0": 1, "1": 2 }, "must be an array, but a document is stored");
    assert_eq!(read_bson::<(i32, String)>(bson!([1, 2])).unwrap_err().path(), "1");
    assert_eq!(read_bson::<Vec<Vec<bool>>>(bson!([[], [true, 0]])).unwrap_err().path(), "1.1");
    assert_eq!(read_bson::<BTreeSet<u8>>(bson!([1, 2, -1])).unwrap_err().path(), "2");
}

// covers: T3
#[test]
fn sets_read_equal_elements_once() {
    assert_eq!(read_bson::<BTreeSet<i32>>(bson!([2, 1, 2.0, 1_i64])).unwrap(), BTreeSet::from([1, 2]));
}

// covers: T3
#[test]
fn pointers_are_what_they_point_to() {
    stored_as(Box::new(1), 1);
    stored_as(Rc::new("a".to_owned()), "a");
    stored_as(Arc::new(vec![Box::new(1.5)]), bson!([1.5]));
    assert_eq!(read::<Box<Option<i32>>>(&doc! {}.to_vec().unwrap()).unwrap(), Box::new(None));
}

/// What a value writes in a document, and what missing, null and 1 read as.
#[track_caller]
fn four<T: Encode + for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(
    (value, written): (T, bson::Document),
    missing: Option<T>,
    null: Option<T>,
    one: T,
) {
    assert_eq!(write(&value).unwrap(), written.to_vec().unwrap());
    assert_eq!(read::<T>(&doc! {}.to_vec().unwrap()).ok(), missing);
    assert_eq!(read_bson::<T>(Bson::Null).ok(), null);
    assert_eq!(read_bson::<T>(Bson::Undefined).ok(), null);
    assert_eq!(read_bson::<T>(1).unwrap(), one);
}

// covers: T3
#[test]
fn missing_null_and_value_are_kept_apart_as_the_type_says() {
    four((1, doc! { "v": 1 }), None, None, 1);
    four((None, doc! {}), Some(None), Some(None), Some(1));
    four((Some(1), doc! { "v": 1 }), Some(None), Some(None), Some(1));
    four((Maybe::Missing, doc! {}), Some(Maybe::Missing), Some(Maybe::Null), Maybe::Value(1));
    four((Maybe::Null, doc! { "v": null }), Some(Maybe::Missing), Some(Maybe::Null), Maybe::Value(1));
    four((Maybe::Value(1), doc! { "v": 1 }), Some(Maybe::Missing), Some(Maybe::Null), Maybe::Value(1));
    stored_as(vec![Some(1), None, Some(3)], bson!([1, null, 3]));
    stored_as((None::<i32>, Some(1)), bson!([null, 1]));
    assert_eq!(write(&[Maybe::Missing, Maybe::Value(1)]).unwrap(), write(&[None, Some(1)]).unwrap());
    let error = read_bson::<Option<i32>>("x").unwrap_err().to_string();
    assert!(error.contains("must be an integer of 32 bits, but a string is stored"), "{error}");
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Held<T> {
    before: i32,
    value: T,
    after: Option<T>,
}

// covers: T1, T3
#[test]
fn a_generic_model_holds_every_kind_of_value() {
    let held = Held { before: 1, value: Maybe::<Vec<String>>::Null, after: None };
    stored_as(held, doc! { "before": 1, "value": null });
    let held = Held { before: 1, value: [1_u8, 2], after: Some([3, 4]) };
    stored_as(held, doc! { "before": 1, "value": binary(&[1, 2]), "after": binary(&[3, 4]) });
    let inner = Held { before: 2, value: (), after: None };
    stored_as(
        Held { before: 1, value: inner.clone(), after: Some(inner) },
        doc! { "before": 1, "value": { "before": 2, "value": null }, "after": { "before": 2, "value": null } },
    );
}
