//! Fields stored by another form than their type's own: `serde`, `with = module`, `as = type`.

use std::{collections::BTreeMap, error::Error as _, net::IpAddr, time::Duration};

use bson::{Bson, Decimal128, Document, bson, doc};
use odmium::{
    codec::{DecodeErrorKind, decode, encode_to_vec},
    prelude::*,
};
use serde::{Deserialize, Serialize};

/// A type of another crate that knows serde only.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
struct Foreign {
    name: String,
    tags: BTreeMap<String, Option<f64>>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Bridged {
    #[field(serde)]
    foreign: Foreign,
    #[field(serde)]
    address: Option<IpAddr>,
    #[field(serde)]
    json: serde_json::Value,
    #[field(serde)]
    many: Vec<Foreign>,
}

fn bridged() -> (Bridged, Document) {
    let foreign =
        Foreign { name: "a".into(), tags: BTreeMap::from([("x".into(), Some(0.5)), ("y".into(), None)]) };
    let value = Bridged {
        foreign: foreign.clone(),
        address: Some("127.0.0.1".parse().unwrap()),
        json: serde_json::json!({ "deep": [1, "two", null, { "three": true }] }),
        many: vec![foreign],
    };
    let foreign = doc! { "NAME": "a", "TAGS": { "x": 0.5, "y": null } };
    let stored = doc! {
        "foreign": foreign.clone(),
        "address": bson::serialize_to_bson(&value.address).unwrap(),
        "json": { "deep": [1_i64, "two", null, { "three": true }] },
        "many": [foreign],
    };
    (value, stored)
}

// covers: T3
#[test]
fn a_serde_field_is_stored_as_serde_says() {
    let (value, stored) = bridged();
    let bytes = encode_to_vec(&value).unwrap();
    assert_eq!(decode::<Document>(&bytes).unwrap(), stored);
    assert_eq!(decode::<Bridged>(&bytes).unwrap(), value);
}

// covers: T3
#[test]
fn a_serde_field_of_none_is_not_written_and_reads_from_missing_and_null() {
    let (mut value, mut stored) = bridged();
    value.address = None;
    value.json = serde_json::Value::Null;
    let bytes = encode_to_vec(&value).unwrap();
    stored.remove("address");
    stored.remove("json");
    assert_eq!(decode::<Document>(&bytes).unwrap(), stored);
    for nothing in [Bson::Null, Bson::Undefined] {
        stored.insert("address", nothing);
        assert_eq!(decode::<Bridged>(&stored.to_vec().unwrap()).unwrap(), value);
    }
    stored.remove("foreign");
    let error = decode::<Bridged>(&stored.to_vec().unwrap()).unwrap_err();
    assert_eq!((error.path().as_str(), error.kind()), ("foreign", &DecodeErrorKind::Missing));
}

// covers: T3
#[test]
fn what_serde_refuses_is_named_with_its_reason() {
    let (_, mut stored) = bridged();
    stored.insert("_id", 5);
    stored.insert("foreign", doc! { "NAME": 1, "TAGS": {} });
    let error = decode::<Bridged>(&stored.to_vec().unwrap()).unwrap_err();
    assert_eq!(error.path(), "foreign");
    assert_eq!(error.id(), Some(&Bson::Int32(5)));
    assert!(error.source().is_some());
    assert!(error.to_string().contains("expected a string"), "{error}");

    #[derive(Embedded)]
    struct TooLarge {
        #[field(serde)]
        numbers: Vec<u64>,
    }
    let error = encode_to_vec(&TooLarge { numbers: vec![u64::MAX] }).unwrap_err();
    assert_eq!(error.path(), "numbers");
    assert!(error.to_string().starts_with("`numbers` cannot be stored: serde refused it"), "{error}");
    assert!(error.source().is_some());
}

/// Seconds of a day as "hh:mm".
mod clock {
    use odmium::codec::{Decode, DecodeError, RawValue, Slot};

    pub(super) fn encode(value: &u32, slot: Slot<'_>) {
        match value {
            86_400.. => slot.fail("a day has 24 hours"),
            _ => slot.string(&format!("{:02}:{:02}", value / 3600, value / 60 % 60)),
        }
    }

    pub(super) fn decode(value: RawValue<'_>) -> Result<u32, DecodeError> {
        let text: &str = Decode::decode(value)?;
        let parsed = text.split_once(':').and_then(|(hours, minutes)| {
            Some(hours.parse::<u32>().ok()? * 3600 + minutes.parse::<u32>().ok()? * 60)
        });
        parsed.ok_or_else(|| value.unfit("a time of day", text))
    }
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Opening {
    #[field(with = clock)]
    from: u32,
    #[field(with = clock, default = 43_200, rename = "until", alias = "to")]
    to: u32,
}

// covers: T3
#[test]
fn a_module_writes_and_reads_a_field() {
    let opening = Opening { from: 32_400, to: 61_200 };
    let bytes = encode_to_vec(&opening).unwrap();
    assert_eq!(decode::<Document>(&bytes).unwrap(), doc! { "from": "09:00", "until": "17:00" });
    assert_eq!(decode::<Opening>(&bytes).unwrap(), opening);
    let read = |stored: Document| decode::<Opening>(&stored.to_vec().unwrap());
    assert_eq!(read(doc! { "from": "00:00" }).unwrap().to, 43_200);
    assert_eq!(read(doc! { "from": "00:00", "to": "01:00" }).unwrap().to, 3600);
    assert_eq!(
        read(doc! { "from": "noon" }).unwrap_err().to_string(),
        "`from` must be a time of day, but noon is stored"
    );
    assert_eq!(read(doc! {}).unwrap_err().path(), "from");
    let error = encode_to_vec(&Opening { from: 0, to: 90_000 }).unwrap_err();
    assert_eq!(error.to_string(), "`until` cannot be stored: a day has 24 hours");
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Converted {
    #[field(as = i64)]
    count: u64,
    #[field(as = Decimal128)]
    size: Option<u64>,
    #[field(as = String)]
    hash: Option<u128>,
    #[field(as = i64)]
    wait: Duration,
    #[field(as = f64)]
    slow: Option<Duration>,
}

const CONVERTED: Converted = Converted {
    count: i64::MAX as u64,
    size: Some(u64::MAX),
    hash: Some(u128::MAX),
    wait: Duration::from_millis(1500),
    slow: Some(Duration::from_micros(1)),
};

// covers: T3
#[test]
fn a_converted_field_is_stored_as_the_type_named() {
    let bytes = encode_to_vec(&CONVERTED).unwrap();
    let stored = doc! {
        "count": i64::MAX,
        "size": Bson::Decimal128("18446744073709551615".parse().unwrap()),
        "hash": "340282366920938463463374607431768211455",
        "wait": 1500_i64,
        "slow": 0.000_001,
    };
    assert_eq!(decode::<Document>(&bytes).unwrap(), stored);
    assert_eq!(decode::<Converted>(&bytes).unwrap(), CONVERTED);
    // As everywhere, a number of another type will do.
    let mut other = stored;
    other.insert("count", 7.0);
    other.insert("size", 8_i64);
    other.insert("slow", 2);
    let read: Converted = decode(&other.to_vec().unwrap()).unwrap();
    assert_eq!((read.count, read.size, read.slow), (7, Some(8), Some(Duration::from_secs(2))));
}

// covers: T3
#[test]
fn a_converted_field_of_none_is_not_written_and_reads_from_missing_and_null() {
    let value = Converted { size: None, hash: None, slow: None, ..CONVERTED };
    let bytes = encode_to_vec(&value).unwrap();
    let mut stored: Document = decode(&bytes).unwrap();
    assert_eq!(stored.keys().collect::<Vec<_>>(), ["count", "wait"]);
    assert_eq!(decode::<Converted>(&bytes).unwrap(), value);
    stored.extend([("size".to_owned(), Bson::Null), ("hash".to_owned(), Bson::Undefined)]);
    assert_eq!(decode::<Converted>(&stored.to_vec().unwrap()).unwrap(), value);
    stored.insert("count", Bson::Null);
    assert_eq!(decode::<Converted>(&stored.to_vec().unwrap()).unwrap_err().path(), "count");
}

// covers: T3
#[test]
fn a_converted_field_refuses_what_does_not_fit() {
    let written = |value: Converted| encode_to_vec(&value).unwrap_err().to_string();
    assert_eq!(
        written(Converted { count: 1 << 63, ..CONVERTED }),
        "`count` cannot be stored: 9223372036854775808 does not fit an int64: use `as = Decimal128`"
    );
    let error = written(Converted { wait: Duration::from_nanos(1), ..CONVERTED });
    assert!(error.starts_with("`wait` cannot be stored: 1ns is finer than a millisecond"), "{error}");
    let error = written(Converted { wait: Duration::MAX, ..CONVERTED });
    assert!(error.starts_with("`wait` cannot be stored: "), "{error}");
    let sound: Document = decode(&encode_to_vec(&CONVERTED).unwrap()).unwrap();
    let cases = [
        ("count", bson!(-1), "must be a value of `u64`, but -1 is stored"),
        ("count", bson!(1.5), "must be an integer of 64 bits, but 1.5 is stored"),
        ("size", Bson::Decimal128("-1.0".parse().unwrap()), "must be a value of `u64`, but -1.0 is stored"),
        ("hash", bson!("0x1"), "but \"0x1\" is stored"),
        ("hash", bson!(1), "must be a string, but an int32 is stored"),
        ("wait", bson!(-1), "but -1 is stored"),
        ("slow", bson!(f64::NAN), "but NaN is stored"),
        ("slow", bson!(-1.0), "must be a value of `Duration`, but -1"),
        ("slow", bson!(1e300), "is stored"),
    ];
    for (key, stored, message) in cases {
        let mut document = sound.clone();
        document.insert(key, stored);
        let error = decode::<Converted>(&document.to_vec().unwrap()).unwrap_err();
        assert_eq!(error.path(), key);
        assert!(error.to_string().contains(message), "{error}");
    }
}
