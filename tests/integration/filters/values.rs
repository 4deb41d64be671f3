//! What stands beside a field: owned, borrowed, in lists and iterators of either.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use chrono::Utc;
use odmium::{
    bson::{Binary, Bson, Document, Uuid, bson, doc, oid::ObjectId, spec::BinarySubtype},
    prelude::*,
};

#[derive(Embedded, Clone, Copy, Debug, PartialEq)]
enum Role {
    Admin,
    Guest,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Address {
    city: String,
}

/// A text of one's own, stored as a string.
struct Email(String);

impl odmium::codec::Encode for Email {
    fn encode(&self, slot: odmium::codec::Slot<'_>) {
        slot.string(&self.0);
    }
}

impl<'de> odmium::codec::Decode<'de> for Email {
    fn decode(value: odmium::codec::RawValue<'de>) -> Result<Self, odmium::codec::DecodeError> {
        String::decode(value).map(Self)
    }
}

impl odmium::filter::Value<Email> for &str {
    fn into_bson(self) -> Result<Bson, odmium::codec::EncodeError> {
        Ok(self.into())
    }
}

impl odmium::filter::Text for Email {}

#[derive(Document)]
#[document(collection = "things")]
struct Thing {
    id: Id<Thing>,
    other: Option<Id<Thing>>,
    raw_id: ObjectId,
    text: String,
    boxed: Box<str>,
    shared: Arc<str>,
    opt: Option<String>,
    byte: u8,
    short: i16,
    word: u32,
    big: i64,
    float: f32,
    role: Role,
    address: Option<Address>,
    at: chrono::DateTime<Utc>,
    uuid: uuid::Uuid,
    own_uuid: Uuid,
    email: Email,
    #[field(as = i64)]
    size: u64,
    #[field(as = i64)]
    max: Option<u64>,
    #[field(as = String)]
    huge: u128,
    tags: Vec<String>,
    set: BTreeSet<i32>,
    hash: HashSet<Id<Thing>>,
    map: HashMap<String, i32>,
    tree: BTreeMap<String, i32>,
    pair: (i32, String),
    fixed: [i32; 2],
    slice: Box<[String]>,
    bytes: Vec<u8>,
}

// covers: C2
#[test]
#[expect(clippy::needless_borrows_for_generic_args, reason = "that references are taken is what is tested")]
fn every_form_of_a_value_is_taken() {
    let id: Id<Thing> = Id::new();
    let oid = ObjectId::new();
    let text = String::from("x");
    let (ids, texts, strs) = (vec![id], vec![text.clone()], ["x"]);
    let cow = Cow::Borrowed("x");
    let now = Utc::now();
    let uuid = uuid::Uuid::from_bytes([7; 16]);
    let own = Uuid::from_bytes([7; 16]);
    let paris = Address { city: "Paris".into() };
    let roles = [Role::Admin, Role::Guest];
    let bytes = Binary { subtype: BinarySubtype::Generic, bytes: vec![1, 2] };
    let in_x = |field: &str| doc! { field: { "$in": ["x"] } };
    let cases: Vec<(Filter<Thing>, Document)> = vec![
        (Thing.id.eq(id), doc! { "_id": id.object_id() }),
        (Thing.id.eq(&id), doc! { "_id": id.object_id() }),
        (Thing.id.is_in(&ids), doc! { "_id": { "$in": [id.object_id()] } }),
        (Thing.id.is_in(ids.iter().copied()), doc! { "_id": { "$in": [id.object_id()] } }),
        (Thing.other.eq(id), doc! { "other": id.object_id() }),
        (Thing.raw_id.eq(oid), doc! { "raw_id": oid }),
        (Thing.text.eq("x"), doc! { "text": "x" }),
        (Thing.text.eq(&text), doc! { "text": "x" }),
        (Thing.text.eq(&*text), doc! { "text": "x" }),
        (Thing.text.eq(text.clone()), doc! { "text": "x" }),
        (Thing.text.eq(&cow), doc! { "text": "x" }),
        (Thing.text.eq(&Rc::<str>::from("x")), doc! { "text": "x" }),
        (Thing.text.is_in(&texts), in_x("text")),
        (Thing.text.is_in(texts.iter().map(String::as_str)), in_x("text")),
        (Thing.text.is_in(&strs), in_x("text")),
        (Thing.text.is_in(strs.iter()), in_x("text")),
        (Thing.text.is_in(HashSet::from(["x"])), in_x("text")),
        (Thing.opt.is_in(&strs), in_x("opt")),
        (Thing.opt.eq(&text), doc! { "opt": "x" }),
        (Thing.boxed.eq(Box::<str>::from("x")), doc! { "boxed": "x" }),
        (Thing.boxed.eq(&text), doc! { "boxed": "x" }),
        (Thing.shared.eq(&Arc::<str>::from("x")), doc! { "shared": "x" }),
        (Thing.text.eq(cow.clone()), doc! { "text": "x" }),
        (Thing.byte.gt(200), doc! { "byte": { "$gt": 200 } }),
        (Thing.short.eq(&-3), doc! { "short": -3 }),
        (Thing.word.lt(u32::MAX), doc! { "word": { "$lt": 4_294_967_295_i64 } }),
        (Thing.big.gt(5_000_000_000), doc! { "big": { "$gt": 5_000_000_000_i64 } }),
        (Thing.big.is_in([1, 2]), doc! { "big": { "$in": [1_i64, 2_i64] } }),
        (Thing.float.lte(0.5), doc! { "float": { "$lte": 0.5 } }),
        (Thing.role.eq(Role::Guest), doc! { "role": "Guest" }),
        (Thing.role.is_in(&roles), doc! { "role": { "$in": ["Admin", "Guest"] } }),
        (Thing.address.eq(&paris), doc! { "address": { "city": "Paris" } }),
        (Thing.at.lt(now), doc! { "at": { "$lt": DateTime::from_millis(now.timestamp_millis()) } }),
        (Thing.uuid.eq(uuid), doc! { "uuid": own }),
        (Thing.uuid.is_in(&[uuid]), doc! { "uuid": { "$in": [own] } }),
        (Thing.own_uuid.eq(own), doc! { "own_uuid": own }),
        (Thing.email.eq("a@x.org"), doc! { "email": "a@x.org" }),
        (Thing.size.gt(5), doc! { "size": { "$gt": 5_i64 } }),
        (Thing.size.is_in(&[5, 6]), doc! { "size": { "$in": [5_i64, 6_i64] } }),
        (Thing.max.gte(5), doc! { "max": { "$gte": 5_i64 } }),
        (Thing.max.eq(Some(5)), doc! { "max": 5_i64 }),
        (Thing.huge.eq(1 << 100), doc! { "huge": "1267650600228229401496703205376" }),
        (Thing.tags.eq(&["a", "b"]), doc! { "tags": ["a", "b"] }),
        (Thing.tags.eq(&texts), doc! { "tags": ["x"] }),
        (Thing.tags.contains(&text), doc! { "tags": "x" }),
        (Thing.tags.has_any(&strs), in_x("tags")),
        (Thing.set.eq(BTreeSet::from([1, 2])), doc! { "set": [1, 2] }),
        (Thing.set.eq(&BTreeSet::from([1, 2])), doc! { "set": [1, 2] }),
        (Thing.set.has_all(&BTreeSet::from([1, 2])), doc! { "set": { "$all": [1, 2] } }),
        (Thing.hash.contains(&id), doc! { "hash": id.object_id() }),
        (Thing.map.eq(&HashMap::from([("a".to_owned(), 1)])), doc! { "map": { "a": 1 } }),
        (Thing.tree.eq(BTreeMap::from([("a".to_owned(), 1)])), doc! { "tree": { "a": 1 } }),
        (Thing.pair.eq((1, "x")), doc! { "pair": [1, "x"] }),
        (Thing.pair.eq(&(1, "x")), doc! { "pair": [1, "x"] }),
        (Thing.fixed.eq(&[1, 2]), doc! { "fixed": [1, 2] }),
        (Thing.slice.eq(["x"]), doc! { "slice": ["x"] }),
        (Thing.slice.eq(&strs[..]), doc! { "slice": ["x"] }),
        (Thing.slice.contains("x"), doc! { "slice": "x" }),
        (Thing.bytes.eq(vec![1_u8, 2]), doc! { "bytes": bytes }),
    ];
    for (filter, expected) in cases {
        assert_eq!(filter.to_document().unwrap(), expected);
    }
    assert_eq!(Thing.email.ends_with(".org"), Thing.email.matches("\\.org\\z", ""));
    assert_eq!(Thing.huge.starts_with("12"), Thing.huge.matches("^12", ""));
    assert_eq!(bson!("x"), Bson::from("x"));
}
