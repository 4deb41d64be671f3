//! The types of BSON that few documents have: as fields, in dynamic values and in filters.

use bson::{
    Binary, Bson, DbPointer, Decimal128, JavaScriptCodeWithScope, Regex, Timestamp,
    binary::{PackedBitVector, Vector},
    doc,
    oid::ObjectId,
    spec::BinarySubtype,
};
use odmium::{
    codec::{DecodeErrorKind, JavaScript, MaxKey, MinKey, Symbol, Undefined, decode_bson, encode_to_bson},
    filter::BsonType,
    prelude::*,
};

use crate::support::{read_bson, refused, stored_as, write};

#[derive(Document, Debug, PartialEq)]
#[document(collection = "everything")]
struct Everything {
    id: Id<Everything>,
    code: JavaScript,
    scoped: JavaScriptCodeWithScope,
    regex: Regex,
    moment: Timestamp,
    least: MinKey,
    most: MaxKey,
    symbol: Symbol,
    undefined: Undefined,
    pointer: DbPointer,
    decimal: Decimal128,
    binary: Binary,
    vector: Vector,
    #[field(as = Vector)]
    floats: Vec<f32>,
    #[field(as = Vector)]
    bytes: Option<Vec<i8>>,
    #[field(as = Vector)]
    bits: Vec<bool>,
    any: Bson,
}

fn everything() -> (Everything, bson::Document) {
    let id = ObjectId::new();
    let pointer =
        match doc_of(r#"{"$dbPointer": {"$ref": "b", "$id": {"$oid": "56e1fc72e0c917e9c4714161"}}}"#) {
            Bson::DbPointer(pointer) => pointer,
            other => panic!("{other:?}"),
        };
    let value = Everything {
        id: Id::from_object_id(id),
        code: JavaScript("x + 1".into()),
        scoped: JavaScriptCodeWithScope { code: "x".into(), scope: doc! { "x": 1_i64 } },
        regex: Regex {
            pattern: "^a".to_owned().try_into().unwrap(),
            options: "im".to_owned().try_into().unwrap(),
        },
        moment: Timestamp { time: 7, increment: 8 },
        least: MinKey,
        most: MaxKey,
        symbol: Symbol("s".into()),
        undefined: Undefined,
        pointer: pointer.clone(),
        decimal: "-0.10E-6000".parse().unwrap(),
        binary: Binary { subtype: BinarySubtype::Sensitive, bytes: vec![1, 2] },
        vector: Vector::Float32(vec![0.5, -1.0]),
        floats: vec![1.5, f32::MIN],
        bytes: Some(vec![-128, 127]),
        bits: vec![true, false, true],
        any: Bson::MaxKey,
    };
    let vector = |bytes: &[u8]| Binary { subtype: BinarySubtype::Vector, bytes: bytes.to_vec() };
    let stored = doc! {
        "_id": id,
        "code": Bson::JavaScriptCode("x + 1".into()),
        "scoped": value.scoped.clone(),
        "regex": value.regex.clone(),
        "moment": Timestamp { time: 7, increment: 8 },
        "least": Bson::MinKey,
        "most": Bson::MaxKey,
        "symbol": Bson::Symbol("s".into()),
        "undefined": Bson::Undefined,
        "pointer": Bson::DbPointer(pointer),
        "decimal": value.decimal,
        "binary": value.binary.clone(),
        "vector": vector(&[0x27, 0, 0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf]),
        "floats": vector(&[0x27, 0, 0, 0, 0xc0, 0x3f, 0xff, 0xff, 0x7f, 0xff]),
        "bytes": vector(&[0x03, 0, 0x80, 0x7f]),
        "bits": vector(&[0x10, 5, 0b1010_0000]),
        "any": Bson::MaxKey,
    };
    (value, stored)
}

fn doc_of(json: &str) -> Bson {
    serde_json::from_str::<serde_json::Value>(json).unwrap().try_into().unwrap()
}

// covers: M55
#[test]
fn every_type_of_bson_is_the_type_of_a_field() {
    let (value, stored) = everything();
    assert_eq!(encode_to_bson(&value).unwrap(), Bson::Document(stored.clone()));
    assert_eq!(decode_bson::<Everything>(&stored.into()).unwrap(), value);
}

// covers: M55
#[test]
fn a_bare_text_or_mark_is_told_from_every_other_type() {
    stored_as(JavaScript(String::new()), Bson::JavaScriptCode(String::new()));
    stored_as(Symbol("z\0".into()), Bson::Symbol("z\0".into()));
    stored_as(MinKey, Bson::MinKey);
    stored_as(MaxKey, Bson::MaxKey);
    stored_as(Undefined, Bson::Undefined);
    refused::<JavaScript>("x", "must be JavaScript code, but a string is stored");
    refused::<Symbol>("x", "must be a symbol, but a string is stored");
    refused::<MinKey>(Bson::MaxKey, "must be a min key, but a max key is stored");
    refused::<MaxKey>(1, "must be a max key, but an int32 is stored");
    refused::<Undefined>(Bson::Null, "must be undefined, but null is stored");
    assert_eq!(read_bson::<Option<i32>>(Bson::Undefined).unwrap(), None);
}

// covers: M55
#[test]
fn vectors_keep_their_elements() {
    for vector in [
        Vector::Int8(vec![]),
        Vector::Int8(vec![i8::MIN, -1, 0, i8::MAX]),
        Vector::Float32(vec![f32::INFINITY, f32::MIN_POSITIVE, -0.0]),
        Vector::PackedBit(PackedBitVector::new(vec![], 0).unwrap()),
        Vector::PackedBit(PackedBitVector::new(vec![0xff, 0x80], 7).unwrap()),
    ] {
        stored_as(vector.clone(), Binary::from(&vector));
    }
    refused::<Vector>(Binary { subtype: BinarySubtype::Generic, bytes: vec![3, 0] }, "subtype 0 is stored");
    for damaged in [vec![], vec![3], vec![3, 1, 5], vec![0x27, 0, 1, 2, 3], vec![0x10, 8, 0], vec![0x99, 0]] {
        let stored = Binary { subtype: BinarySubtype::Vector, bytes: damaged.clone() };
        let error = read_bson::<Vector>(stored).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Value { .. }), "{damaged:?}: {error}");
    }
    refused::<Vector>(vec![1.5], "must be a vector, but an array is stored");
}

// covers: M55
#[test]
fn a_vector_of_another_element_type_is_refused() {
    let (_, mut stored) = everything();
    stored.insert("floats", Binary::from(Vector::Int8(vec![1])));
    let error = decode_bson::<Everything>(&stored.into()).unwrap_err();
    assert!(error.to_string().starts_with("`floats` of the document with _id"), "{error}");
}

// covers: M55
#[test]
fn bits_of_every_length_come_back() {
    #[derive(Embedded, Debug, PartialEq)]
    struct Bits {
        #[field(as = Vector)]
        bits: Vec<bool>,
    }
    for length in 0..20 {
        let bits = Bits { bits: (0..length).map(|at| at % 3 == 0).collect() };
        let stored = encode_to_bson(&bits).unwrap();
        assert_eq!(decode_bson::<Bits>(&stored).unwrap(), bits, "{length}");
    }
}

// covers: M55
#[test]
fn rare_types_stand_in_filters_and_updates() {
    let rendered = |filter: Filter<Everything>| filter.to_document().unwrap();
    assert_eq!(
        rendered(Everything.code.eq(JavaScript("f".into()))),
        doc! { "code": Bson::JavaScriptCode("f".into()) }
    );
    assert_eq!(rendered(Everything.most.eq(MaxKey)), doc! { "most": Bson::MaxKey });
    let floats = Binary::from(Vector::Float32(vec![1.0]));
    assert_eq!(rendered(Everything.floats.eq(vec![1.0])), doc! { "floats": floats.clone() });
    let change = odmium::Update::new().and(Everything.floats.set(vec![1.0])).to_document().unwrap();
    assert_eq!(change, doc! { "$set": { "floats": floats } });
    let types = [BsonType::JavaScriptWithScope, BsonType::Symbol, BsonType::Undefined, BsonType::DbPointer];
    let names = ["javascriptWithScope", "symbol", "undefined", "dbPointer"];
    assert_eq!(rendered(Everything.any.is_type(types)), doc! { "any": { "$type": names.to_vec() } });
}

// covers: M55
#[test]
fn a_number_loses_nothing_between_the_types() {
    // 2^53 + 1 is the first integer that no double holds.
    let long = 9_007_199_254_740_993_i64;
    assert_eq!(read_bson::<i64>(Bson::Decimal128(long.to_string().parse().unwrap())).unwrap(), long);
    assert!(read_bson::<f64>(long).is_err());
    assert_eq!(read_bson::<f64>(long - 1).unwrap(), 9_007_199_254_740_992.0);
    assert_eq!(read_bson::<Decimal128>(long).unwrap().to_string(), long.to_string());
    assert!(read_bson::<i64>(9_223_372_036_854_775_808.0_f64).is_err());
    assert_eq!(write(&long).unwrap(), doc! { "v": long }.to_vec().unwrap());
}
