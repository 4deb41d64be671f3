//! Values that cannot be stored: the path, the reason, and that nothing was sent.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, SystemTime},
};

use bson::{Document, doc, oid::ObjectId};
use odmium::{
    Database,
    codec::{
        DocumentWriter, Encode, EncodeDocument, EncodeError, Slot, encode_to_bson, encode_to_raw,
        encode_to_vec,
    },
    filter::Value,
    prelude::*,
};

/// Cannot be stored when it is odd.
#[derive(Clone, Debug)]
struct Even(i32);

impl Encode for Even {
    fn encode(&self, slot: Slot<'_>) {
        match self.0 % 2 {
            0 => slot.int32(self.0),
            _ => slot.fail(format!("{} is odd", self.0)),
        }
    }
}

impl<'de> odmium::codec::Decode<'de> for Even {
    fn decode(value: odmium::codec::RawValue<'de>) -> Result<Self, odmium::codec::DecodeError> {
        odmium::codec::Decode::decode(value).map(Even)
    }
}

impl Value<Even> for Even {
    fn into_bson(self) -> Result<bson::Bson, EncodeError> {
        encode_to_bson(&self)
    }
}

#[derive(Embedded, Clone, Debug)]
struct Holder {
    before: Vec<BTreeMap<String, Document>>,
    text: String,
    list: Vec<Even>,
    nested: Vec<Inner>,
    map: BTreeMap<String, Inner>,
    last: Option<Even>,
}

#[derive(Embedded, Clone, Debug)]
struct Inner {
    x: f64,
    pair: (i32, Even),
}

fn inner(value: i32) -> Inner {
    Inner { x: 0.0, pair: (0, Even(value)) }
}

fn holder() -> Holder {
    Holder {
        before: vec![
            BTreeMap::from([("a".into(), doc! { "b": [1, { "c": 2 }], "oid": ObjectId::new() })]);
            12
        ],
        text: "\0text\0".into(),
        list: vec![Even(0); 12],
        nested: vec![inner(0), inner(0)],
        map: BTreeMap::from([("one".into(), inner(0)), ("two".into(), inner(0))]),
        last: None,
    }
}

#[track_caller]
fn fails(value: &impl EncodeDocument, path: &str, reason: &str) {
    let check = |error: EncodeError| {
        assert_eq!(error.path(), path);
        assert_eq!(error.to_string(), format!("`{path}` cannot be stored: {reason}"));
    };
    check(encode_to_vec(value).unwrap_err());
    check(encode_to_raw(value).unwrap_err());
}

// covers: T3
#[test]
fn the_path_leads_through_arrays_maps_and_documents() {
    encode_to_vec(&holder()).unwrap();
    let mut value = holder();
    value.last = Some(Even(1));
    fails(&value, "last", "1 is odd");
    value.map.insert("three".into(), inner(3));
    fails(&value, "map.three.pair.1", "3 is odd");
    value.nested.push(inner(5));
    fails(&value, "nested.2.pair.1", "5 is odd");
    value.list.push(Even(7));
    value.list.push(Even(9));
    fails(&value, "list.12", "7 is odd");
}

#[derive(Embedded, Clone, Debug)]
#[document(tag = "kind")]
enum Choice {
    Left { inner: Inner },
    Right(Inner),
}

#[derive(Embedded, Clone, Debug)]
struct Flat {
    first: Option<i32>,
    #[field(flatten)]
    inner: Inner,
    #[field(flatten)]
    rest: HashMap<String, Choice>,
}

// covers: T3
#[test]
fn the_path_leads_through_enums_and_flattened_fields() {
    let rest = HashMap::from([("a".into(), Choice::Left { inner: inner(1) })]);
    fails(&Flat { first: None, inner: inner(0), rest }, "a.inner.pair.1", "1 is odd");
    let rest = HashMap::from([("b".into(), Choice::Right(inner(1)))]);
    fails(&Flat { first: Some(1), inner: inner(0), rest }, "b.pair.1", "1 is odd");
    fails(&Flat { first: None, inner: inner(1), rest: HashMap::new() }, "pair.1", "1 is odd");
}

// covers: T3
#[test]
fn a_key_with_nul_is_refused() {
    let reason = "the key \"a\\0b\" contains a NUL character";
    let map = BTreeMap::from([("a\0b".to_owned(), 1)]);
    let error = encode_to_vec(&map).unwrap_err();
    assert_eq!(error.to_string(), format!("this value cannot be stored: {reason}"));
    fails(&doc! { "m": { "a\0b": { "c": 1 } } }, "m", reason);
    fails(&doc! { "x": 1, "l": [{}, { "y": { "a\0b": 1 } }] }, "l.1.y", reason);
    fails(&BTreeMap::from([("m".to_owned(), map)]), "m", reason);
    let scope = doc! { "a\0b": 1 };
    let code = bson::JavaScriptCodeWithScope { code: "f()".into(), scope };
    fails(&doc! { "x": code }, "x", reason);
}

// covers: T3
#[test]
fn a_regular_expression_cannot_even_be_made_with_nul() {
    bson::raw::CString::try_from("a\0b".to_owned()).unwrap_err();
}

// covers: T3
#[test]
fn one_value_alone_is_refused_too() {
    let far = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::MAX / 4);
    let error = encode_to_bson(&far).unwrap_err();
    assert_eq!(error.to_string(), "this value cannot be stored: the time is out of the range of a BSON date");
    let error = encode_to_bson(&vec![Even(0), Even(1)]).unwrap_err();
    assert_eq!(error.to_string(), "`1` cannot be stored: 1 is odd");
}

// covers: T3
#[test]
fn the_first_error_is_the_one_reported() {
    struct Twice;
    impl EncodeDocument for Twice {
        fn encode_fields(&self, document: &mut DocumentWriter) {
            document.slot("a").document(|inner| inner.slot("b").array(|array| array.slot().fail("first")));
            document.slot("c").fail("second");
        }
    }
    fails(&Twice, "a.b.0", "first");
}

#[derive(Document, Clone, Debug)]
#[document(collection = "things")]
struct Thing {
    id: Id<Thing>,
    list: Vec<Even>,
    bytes: Vec<u8>,
}

// covers: T3
#[odmium::test]
async fn a_value_that_cannot_be_stored_is_not_sent(db: Database) -> odmium::Result<()> {
    let things = db.collection::<Thing>();
    let odd = Thing { id: Id::new(), list: vec![Even(2), Even(1)], bytes: vec![] };
    let error = things.insert(&odd).await.unwrap_err();
    assert!(error.is_encode());
    assert_eq!(error.to_string(), "`list.1` cannot be stored: 1 is odd");
    let error = things.update_one(Thing.id.eq(odd.id), Thing.list.set(vec![Even(3)])).await.unwrap_err();
    assert!(error.is_encode(), "{error}");
    assert_eq!(things.count(Filter::everything()).await?, 0);
    Ok(())
}

// covers: T3
#[odmium::test]
async fn a_document_that_is_too_large_is_refused_with_a_reason(db: Database) -> odmium::Result<()> {
    let things = db.collection::<Thing>();
    let sized = |bytes: usize| Thing { id: Id::new(), list: vec![], bytes: vec![7; bytes] };
    // The largest document: 16 MiB with its other fields.
    let rest = encode_to_vec(&sized(0)).unwrap().len();
    let largest = sized((16 << 20) - rest);
    things.insert(&largest).await?;
    assert_eq!(things.get(largest.id).await?.unwrap().bytes.len(), (16 << 20) - rest);
    for bytes in [(16 << 20) - rest + 1, 64 << 20] {
        let mut large = sized(bytes);
        let error = things.insert(&large).await.unwrap_err();
        assert!(error.to_string().contains("must be within 16777216 bytes"), "{error}");
        let error = things.insert_many([sized(1), large.clone()]).await.unwrap_err();
        let text = format!(
            "the document at position 1 has {} bytes, and the server takes at most 16777216",
            bytes + rest
        );
        assert!(error.to_string().contains(&text), "{error}");
        large.id = largest.id;
        let error = things.replace_one(Thing.id.eq(largest.id), &large).await.unwrap_err();
        // The server's limit of a document, or the driver's of a message.
        let text = error.to_string();
        assert!(text.contains("larger than 16777216") || text.contains("maximum 48000000"), "{text}");
    }
    Ok(())
}
