//! Enums: names, numbers, tags, keys of maps.

use std::collections::{BTreeMap, HashMap};

use odmium::{
    bson::{Bson, doc},
    codec::{MapKey, encode_to_bson},
    prelude::*,
};

use super::{read, same, stored};

#[derive(Embedded, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[document(rename_all = "kebab-case")]
enum Role {
    Guest,
    #[document(rename = "root", alias = "super-user", alias = "sudo")]
    SuperUser,
    PowerUser,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Team {
    lead: Role,
    others: Vec<Role>,
    second: Option<Role>,
    counts: HashMap<Role, i32>,
    levels: BTreeMap<Level, Role>,
}

#[derive(Embedded, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[document(as = i32)]
enum Level {
    Below = -5,
    Zero = 0,
    One,
    Max = i32::MAX as isize,
}

#[derive(Embedded, Clone, Copy, Debug, PartialEq)]
#[document(as = i64)]
#[repr(i64)]
enum Wide {
    Min = i64::MIN,
    Small = 1,
    Max = i64::MAX,
}

// covers: T2
#[test]
fn units_are_stored_by_name_and_are_keys_of_maps() {
    let team = Team {
        lead: Role::SuperUser,
        others: vec![Role::PowerUser, Role::Guest],
        second: None,
        counts: HashMap::from([(Role::SuperUser, 1)]),
        levels: BTreeMap::from([(Level::Below, Role::Guest), (Level::One, Role::PowerUser)]),
    };
    same(
        &team,
        &doc! {
            "lead": "root",
            "others": ["power-user", "guest"],
            "counts": { "root": 1 },
            "levels": { "-5": "guest", "1": "power-user" },
        },
    );
    assert_eq!(Role::from_key("sudo"), Some(Role::SuperUser));
    assert_eq!(Role::from_key("Guest"), None);
    assert_eq!(
        (Level::from_key("0"), Level::from_key("7"), Level::from_key("x")),
        (Some(Level::Zero), None, None)
    );
}

// covers: T2
#[test]
fn a_former_name_is_read_and_an_unknown_one_names_the_variants() {
    #[derive(Embedded, Debug, PartialEq)]
    struct Holder {
        role: Role,
    }
    for old in ["super-user", "sudo", "root"] {
        assert_eq!(read::<Holder>(&doc! { "role": old }).unwrap(), Holder { role: Role::SuperUser });
    }
    let error = read::<Holder>(&doc! { "role": "Guest" }).unwrap_err().to_string();
    for part in ["role", "\"Guest\"", "\"guest\"", "\"root\"", "\"power-user\""] {
        assert!(error.contains(part), "{error}");
    }
    assert!(!error.contains("sudo"), "{error}");
    assert!(read::<Holder>(&doc! { "role": 5 }).is_err());
}

// covers: T2
#[test]
fn numbers_are_those_of_the_discriminants() {
    let bson = |value: &Level| encode_to_bson(value).unwrap();
    assert_eq!(bson(&Level::Below), Bson::Int32(-5));
    assert_eq!(bson(&Level::One), Bson::Int32(1));
    assert_eq!(bson(&Level::Max), Bson::Int32(i32::MAX));
    assert_eq!(encode_to_bson(&Wide::Small).unwrap(), Bson::Int64(1));
    assert_eq!(encode_to_bson(&Wide::Min).unwrap(), Bson::Int64(i64::MIN));
    #[derive(Embedded, Clone, Debug, PartialEq)]
    struct Holder {
        level: Level,
        wide: Wide,
    }
    same(&Holder { level: Level::Zero, wide: Wide::Max }, &doc! { "level": 0, "wide": i64::MAX });
    assert_eq!(read::<Holder>(&doc! { "level": 1.0, "wide": 1 }).unwrap().level, Level::One);
    let error = read::<Holder>(&doc! { "level": 2, "wide": 1 }).unwrap_err().to_string();
    assert!(error.contains("-5") && error.contains("2147483647") && error.contains("level"), "{error}");
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "type", rename_all = "snake_case")]
enum Payment {
    /// By card.
    Card {
        last4: String,
        #[field(rename = "exp", alias = "expires")]
        expiry: Option<i32>,
        #[field(skip)]
        cvc: Option<u64>,
    },
    #[document(alias = "coupon")]
    Voucher(Voucher),
    Other(BTreeMap<String, i32>),
    Empty {},
    CashOnly,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Voucher {
    code: String,
    role: Role,
}

#[derive(Document)]
#[document(collection = "orders", index(payment.voucher.code), index(payment.r#type))]
struct Order {
    id: i32,
    payment: Payment,
    former: Option<Payment>,
}

// covers: T2
#[test]
fn variants_with_data_stand_beside_their_tag() {
    let voucher = || Voucher { code: "X".into(), role: Role::Guest };
    let card = Payment::Card { last4: "4242".into(), expiry: Some(5), cvc: None };
    same(&card, &doc! { "type": "card", "last4": "4242", "exp": 5 });
    same(&Payment::Voucher(voucher()), &doc! { "type": "voucher", "code": "X", "role": "guest" });
    same(&Payment::Other(BTreeMap::from([("a".into(), 1)])), &doc! { "type": "other", "a": 1 });
    same(&Payment::Empty {}, &doc! { "type": "empty" });
    same(&Payment::CashOnly, &doc! { "type": "cash_only" });
    let coupon = doc! { "code": "X", "role": "guest", "type": "coupon" };
    assert_eq!(read::<Payment>(&coupon).unwrap(), Payment::Voucher(voucher()));
    let with_cvc = Payment::Card { last4: "1".into(), expiry: None, cvc: Some(1) };
    assert_eq!(stored(&with_cvc), doc! { "type": "card", "last4": "1" });
    let late = doc! { "expires": 7, "last4": "1", "type": "card" };
    assert_eq!(
        read::<Payment>(&late).unwrap(),
        Payment::Card { last4: "1".into(), expiry: Some(7), cvc: None }
    );
}

// covers: T2
#[test]
fn a_missing_or_unknown_tag_says_so() {
    let missing = read::<Payment>(&doc! { "last4": "1" }).unwrap_err().to_string();
    assert!(missing.contains("type"), "{missing}");
    let unknown = read::<Payment>(&doc! { "type": "cheque" }).unwrap_err().to_string();
    assert!(unknown.contains("cheque") && unknown.contains("cash_only"), "{unknown}");
}

// covers: T2 T15
#[test]
fn every_variant_has_paths() {
    assert_eq!(Order.payment.r#type.path(), "payment.type");
    assert_eq!(Order.payment.card.last4.path(), "payment.last4");
    assert_eq!(Order.former.card.expiry.path(), "former.exp");
    assert_eq!(Order.payment.voucher.role.path(), "payment.role");
    assert_eq!(
        (Order.payment.card.last4.eq("4242") & Order.payment.r#type.eq("card")).to_document().unwrap(),
        doc! { "payment.last4": "4242", "payment.type": "card" },
    );
    assert_eq!(
        Order.payment.voucher.role.eq(Role::SuperUser).to_document().unwrap(),
        doc! { "payment.role": "root" }
    );
    let names: Vec<_> = <Order as Document>::indexes().iter().map(|index| index.name().to_owned()).collect();
    assert_eq!(names, ["payment.code_1", "payment.type_1"]);
}

// covers: T2
#[test]
fn units_with_a_tag_are_documents() {
    #[derive(Embedded, Clone, Debug, PartialEq)]
    #[document(tag = "is")]
    enum State {
        On,
        Off,
    }
    same(&State::On, &doc! { "is": "On" });
    same(&State::Off, &doc! { "is": "Off" });
    assert_eq!(State.is.path(), "is");
}
