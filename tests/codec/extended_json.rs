//! Extended JSON from and to typed values.

use bson::{Bson, DateTime, Document as Dynamic, doc};
use odmium::{
    codec::{ExtendedJson, decode, encode_to_vec, from_extended_json, to_extended_json},
    prelude::*,
};
use serde_json::{Value, json};

use odmium_tests::corpus::{bytes, hex};

use crate::corpus::cases;

#[derive(Document, Debug, PartialEq, Clone)]
#[document(collection = "orders", rename_all = "camelCase")]
struct Order {
    id: Id<Order>,
    zip_code: String,
    amount: f64,
    count: i64,
    at: DateTime,
    note: Option<String>,
    lines: Vec<Line>,
}

#[derive(Embedded, Debug, PartialEq, Clone)]
struct Line {
    price: bson::Decimal128,
    size: i32,
}

fn order() -> Order {
    Order {
        id: "65a1b2c3d4e5f60718293a4b".parse().unwrap(),
        zip_code: "75001".into(),
        amount: 2.0,
        count: 5,
        at: DateTime::from_millis(1_700_000_000_123),
        note: None,
        lines: vec![Line { price: "1.10".parse().unwrap(), size: 3 }],
    }
}

// covers: M55
#[test]
fn a_typed_document_goes_both_ways_in_both_forms() {
    let canonical = to_extended_json(&order(), ExtendedJson::Canonical).unwrap();
    let expected = json!({
        "_id": { "$oid": "65a1b2c3d4e5f60718293a4b" },
        "zipCode": "75001",
        "amount": { "$numberDouble": "2.0" },
        "count": { "$numberLong": "5" },
        "at": { "$date": { "$numberLong": "1700000000123" } },
        "lines": [{ "price": { "$numberDecimal": "1.10" }, "size": { "$numberInt": "3" } }],
    });
    // As text, so that the order of the keys counts.
    assert_eq!(canonical.to_string(), expected.to_string());
    let relaxed = to_extended_json(&order(), ExtendedJson::Relaxed).unwrap();
    let expected = json!({
        "_id": { "$oid": "65a1b2c3d4e5f60718293a4b" },
        "zipCode": "75001",
        "amount": 2.0,
        "count": 5,
        "at": { "$date": "2023-11-14T22:13:20.123Z" },
        "lines": [{ "price": { "$numberDecimal": "1.10" }, "size": 3 }],
    });
    assert_eq!(relaxed.to_string(), expected.to_string());
    for json in [canonical, relaxed] {
        let text: Value = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!(from_extended_json::<Order>(text).unwrap(), order());
    }
}

// covers: M55
#[test]
fn numbers_lose_nothing_in_json() {
    let doubles = [
        0.1,
        -0.0,
        1e300,
        5e-324,
        f64::MIN_POSITIVE / 2.0,
        f64::MAX,
        123_456_789.123_456_78,
        8.41e21,
        f64::INFINITY,
        2.2250738585072014e-308,
    ];
    for form in [ExtendedJson::Canonical, ExtendedJson::Relaxed] {
        for double in doubles {
            let text = to_extended_json(&double, form).unwrap().to_string();
            let back: f64 = from_extended_json(serde_json::from_str(&text).unwrap()).unwrap();
            assert_eq!(back.to_bits(), double.to_bits(), "{text}");
        }
        for long in [i64::MIN, i64::MAX, 9_007_199_254_740_993] {
            let text = to_extended_json(&long, form).unwrap().to_string();
            assert_eq!(from_extended_json::<i64>(serde_json::from_str(&text).unwrap()).unwrap(), long);
        }
    }
    let small = to_extended_json(&5e-324, ExtendedJson::Canonical).unwrap();
    assert_eq!(small, json!({ "$numberDouble": "5e-324" }));
    let error = from_extended_json::<Dynamic>(json!({ "a": [{ "b": u64::MAX }] })).unwrap_err().to_string();
    assert!(error.contains(r#"write {"$numberDecimal": "18446744073709551615"}"#), "{error}");
}

// covers: M55
#[test]
fn json_that_does_not_fit_is_refused_with_the_place() {
    let mut json = to_extended_json(&order(), ExtendedJson::Relaxed).unwrap();
    json["lines"][0]["size"] = json!("three");
    let error = from_extended_json::<Order>(json).unwrap_err();
    assert_eq!(error.path(), "lines.0.size");
    assert!(
        error.to_string().contains("must be an integer") || error.to_string().contains("a string is stored"),
        "{error}"
    );
    from_extended_json::<Bson>(json!({ "$oid": "no id" })).unwrap_err();
    from_extended_json::<Bson>(json!({ "$numberInt": "5000000000" })).unwrap_err();
}

// covers: M55
#[test]
fn every_type_comes_back_from_its_canonical_form() {
    let all = doc! {
        "min": Bson::MinKey, "max": Bson::MaxKey, "undefined": Bson::Undefined, "null": Bson::Null,
        "symbol": Bson::Symbol("s".into()), "code": Bson::JavaScriptCode("f".into()),
        "scope": bson::JavaScriptCodeWithScope { code: "g".into(), scope: doc! { "z": 1_i64, "a": 5e-324 } },
        "early": DateTime::MIN, "late": DateTime::MAX,
        "z": 1, "a": 1_i64, "m": [1.0, true],
        "timestamp": bson::Timestamp { time: 1, increment: u32::MAX },
        "uuid": bson::Uuid::from_bytes([3; 16]),
    };
    let json = to_extended_json(&all, ExtendedJson::Canonical).unwrap();
    assert_eq!(from_extended_json::<Dynamic>(json).unwrap(), all);
}

// covers: M55
#[test]
#[cfg_attr(
    not(spec_tests),
    ignore = "no data: ODMIUM_SPEC_TESTS names the folder of the drivers' spec tests"
)]
fn every_document_of_the_corpus_has_its_json() {
    let mut failures = Vec::new();
    let same = |found: &Value, wanted: &Value| {
        // A double may be written in several ways: `1e300`, `1E+300`.
        found == wanted
            || from_extended_json::<Bson>(found.clone()).unwrap()
                == from_extended_json::<Bson>(wanted.clone()).unwrap()
    };
    for case in cases(true) {
        let (name, case) = (case.name(), case.content());
        let stored: Dynamic = decode(&bytes(case["canonical_bson"].as_str().unwrap())).unwrap();
        for (form, list) in
            [(ExtendedJson::Canonical, "canonical_extjson"), (ExtendedJson::Relaxed, "relaxed_extjson")]
        {
            let Some(text) = case[list].as_str() else { continue };
            let wanted: Value = serde_json::from_str(text).unwrap();
            let found = to_extended_json(&stored, form).unwrap();
            // What is not a number is not equal to itself.
            if !text.contains("NaN") && !same(&found, &wanted) {
                failures.push(format!("{name}, to {list}\n  found {found}\n  not   {wanted}"));
            }
        }
        for list in ["canonical_extjson", "degenerate_extjson"] {
            let Some(text) = case[list].as_str() else { continue };
            let read = from_extended_json::<Dynamic>(serde_json::from_str(text).unwrap());
            let found = match read {
                Ok(document) => hex(&encode_to_vec(&document).unwrap()),
                Err(error) => format!("refused: {error}"),
            };
            if case["lossy"] != true && found != case["canonical_bson"].as_str().unwrap().to_uppercase() {
                failures.push(format!("{name}, from {list}: {found}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
