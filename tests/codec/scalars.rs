//! Every type of the codec's table that is one value: its BSON type and bytes are those of the `bson` crate.

use std::{
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime},
};

use bson::{
    Binary, Bson, DateTime, DbPointer, Decimal128, Document, JavaScriptCodeWithScope, RawDocumentBuf, Regex,
    Timestamp, Uuid, doc, oid::ObjectId, spec::BinarySubtype,
};
use odmium::{Id, codec::DecodeErrorKind};

use crate::support::{read_bson, refused, stored_as, write};

// covers: T3
#[test]
fn numbers_and_booleans_have_the_types_of_the_table() {
    stored_as(true, true);
    stored_as(false, false);
    stored_as(i8::MIN, -128);
    stored_as(u8::MAX, 255);
    stored_as(i16::MIN, -32768);
    stored_as(u16::MAX, 65535);
    stored_as(i32::MIN, i32::MIN);
    stored_as(i32::MAX, i32::MAX);
    stored_as(u32::MAX, 4_294_967_295_i64);
    stored_as(i64::MIN, i64::MIN);
    stored_as(i64::MAX, i64::MAX);
    stored_as(1.5_f32, 1.5);
    stored_as(f32::MAX, f64::from(f32::MAX));
    for double in [0.0, -0.0, 1.0, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY, f64::NEG_INFINITY] {
        stored_as(double, double);
    }
    assert_eq!(write(&f64::NAN).unwrap(), doc! { "v": f64::NAN }.to_vec().unwrap());
    assert!(read_bson::<f64>(f64::NAN).unwrap().is_nan());
    assert!(read_bson::<f64>(-0.0).unwrap().is_sign_negative());
}

// covers: T3
#[test]
fn texts_are_strings_in_every_owner() {
    let text = "za\u{17c}\u{f3}\u{142}\u{107}\0\u{1f600}";
    stored_as(text.to_owned(), text);
    stored_as(Box::<str>::from(text), text);
    stored_as(Rc::<str>::from(text), text);
    stored_as(Arc::<str>::from(text), text);
    stored_as(String::new(), "");
    stored_as('\u{1f600}', "\u{1f600}");
    assert_eq!(write("a").unwrap(), doc! { "v": "a" }.to_vec().unwrap());
    assert_eq!(read_bson::<String>(Bson::Symbol("old".into())).unwrap(), "old");
    refused::<char>("", "must be a string of one character");
    refused::<char>("ab", "\"ab\" is stored");
    refused::<String>(5, "must be a string, but an int32 is stored");
}

// covers: T3
#[test]
fn the_types_of_bson_are_themselves() {
    let oid = ObjectId::parse_str("65a1b2c3d4e5f60718293a4b").unwrap();
    stored_as(oid, oid);
    stored_as(Id::<Document>::from_object_id(oid), oid);
    for millis in [i64::MIN, -1, 0, 1, i64::MAX] {
        stored_as(DateTime::from_millis(millis), DateTime::from_millis(millis));
    }
    let decimal: Decimal128 = "-1.23E+400".parse().unwrap();
    stored_as(decimal, decimal);
    let timestamp = Timestamp { time: u32::MAX, increment: 7 };
    stored_as(timestamp, timestamp);
    let uuid = Uuid::from_bytes([7; 16]);
    stored_as(uuid, uuid);
    for subtype in [BinarySubtype::Generic, BinarySubtype::BinaryOld, BinarySubtype::UserDefined(0x80)] {
        for bytes in [vec![], vec![1, 2, 3]] {
            let binary = Binary { subtype, bytes };
            stored_as(binary.clone(), binary);
        }
    }
    let regex = Regex {
        pattern: "^a.*".to_owned().try_into().unwrap(),
        options: "ix".to_owned().try_into().unwrap(),
    };
    stored_as(regex.clone(), regex);
    let code = JavaScriptCodeWithScope { code: "x + 1".into(), scope: doc! { "x": [1, { "y": "z" }] } };
    stored_as(code.clone(), code);
    stored_as(pointer(), Bson::DbPointer(pointer()));
    stored_as((), Bson::Null);
    let document = doc! { "a": 1, "b": { "c": [null, "x"] } };
    stored_as(document.clone(), document.clone());
    stored_as(RawDocumentBuf::try_from(&document).unwrap(), document);
}

// covers: T3
#[test]
fn a_dynamic_value_keeps_every_bson_type() {
    let values = [
        Bson::Double(1.5),
        "text".into(),
        Bson::Array(vec![1.into(), Bson::Null, "x".into()]),
        doc! { "a": { "b": [] } }.into(),
        true.into(),
        Bson::Null,
        Bson::JavaScriptCode("f()".into()),
        JavaScriptCodeWithScope { code: String::new(), scope: doc! {} }.into(),
        Bson::Int32(1),
        Bson::Int64(1),
        Timestamp { time: 1, increment: 2 }.into(),
        Binary { subtype: BinarySubtype::Md5, bytes: vec![9; 16] }.into(),
        ObjectId::new().into(),
        DateTime::now().into(),
        Bson::Symbol("s".into()),
        Bson::Decimal128("0.1".parse().unwrap()),
        Bson::Undefined,
        Bson::MaxKey,
        Bson::MinKey,
        Bson::DbPointer(pointer()),
    ];
    for value in values {
        stored_as(value.clone(), value);
    }
}

fn pointer() -> DbPointer {
    let json =
        serde_json::json!({ "$dbPointer": { "$ref": "b", "$id": { "$oid": "56e1fc72e0c917e9c4714161" } } });
    match Bson::try_from(json).unwrap() {
        Bson::DbPointer(pointer) => pointer,
        other => panic!("{other:?}"),
    }
}

// covers: T3
#[test]
fn a_system_time_is_a_date_cut_to_milliseconds_towards_the_past() {
    let epoch = SystemTime::UNIX_EPOCH;
    let cases = [
        (epoch, 0),
        (epoch + Duration::from_nanos(1_999_999), 1),
        (epoch - Duration::from_nanos(1), -1),
        (epoch - Duration::from_millis(1500), -1500),
        (epoch - Duration::from_nanos(1_000_001), -2),
    ];
    for (time, millis) in cases {
        assert_eq!(write(&time).unwrap(), write(&DateTime::from_millis(millis)).unwrap(), "{time:?}");
    }
    for millis in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX] {
        let stored = DateTime::from_millis(millis);
        match read_bson::<SystemTime>(stored) {
            Ok(time) => stored_as(time, stored),
            // Not every system can go that far.
            Err(error) => assert!(matches!(error.kind(), DecodeErrorKind::Value { .. }), "{error}"),
        }
    }
    let far = epoch + Duration::from_secs(i64::MAX as u64 / 2);
    let error = write(&far).unwrap_err().to_string();
    assert_eq!(error, "`v` cannot be stored: the time is out of the range of a BSON date");
    let past = epoch - Duration::from_secs(i64::MAX as u64 / 2);
    write(&past).unwrap_err();
}

// covers: T3
#[test]
fn a_uuid_of_another_subtype_is_refused_with_the_reason() {
    let old = Binary { subtype: BinarySubtype::UuidOld, bytes: vec![1; 16] };
    refused::<Uuid>(old, "old subtype 3");
    refused::<Uuid>(Binary { subtype: BinarySubtype::Generic, bytes: vec![1; 16] }, "subtype 0");
    refused::<Uuid>(Binary { subtype: BinarySubtype::Uuid, bytes: vec![1; 15] }, "15 bytes");
    refused::<Uuid>("text", "a UUID, but a string");
}

// covers: T3
#[test]
fn the_options_of_a_regular_expression_are_written_in_order() {
    let regex = |options: &str| Regex {
        pattern: "a".to_owned().try_into().unwrap(),
        options: options.to_owned().try_into().unwrap(),
    };
    assert_eq!(write(&regex("xmi")).unwrap(), write(&regex("imx")).unwrap());
}

// covers: T3
#[test]
fn a_value_of_another_type_is_named_with_what_was_expected() {
    refused::<bool>(1, "must be a boolean, but an int32 is stored");
    refused::<ObjectId>("65a1b2c3d4e5f60718293a4b", "must be an ObjectId, but a string is stored");
    refused::<DateTime>(5_i64, "must be a date, but an int64 is stored");
    refused::<Timestamp>(DateTime::now(), "must be a timestamp, but a date is stored");
    refused::<Decimal128>("1", "must be a number, but a string is stored");
    refused::<Regex>("a", "must be a regular expression, but a string is stored");
    refused::<JavaScriptCodeWithScope>(Bson::JavaScriptCode(String::new()), "but JavaScript code is stored");
    refused::<DbPointer>(Bson::Undefined, "must be a DBPointer, but undefined is stored");
    refused::<Binary>(Bson::MinKey, "must be binary data, but a min key is stored");
    refused::<()>(Bson::MaxKey, "must be null, but a max key is stored");
    refused::<Document>(vec![1], "must be a document, but an array is stored");
    refused::<RawDocumentBuf>(Bson::Symbol(String::new()), "must be a document, but a symbol is stored");
}
