//! Models that serve JSON as well: serde's attributes are understood, or left alone where the model says so.

use odmium::{bson::doc, prelude::*};
use serde::{Deserialize, Serialize};

use super::{read, same, stored};

fn is_zero(value: &i32) -> bool {
    *value == 0
}

#[derive(Document, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[document(collection = "users")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    #[serde(rename = "_id")]
    id: Id<User>,
    first_name: String,
    #[serde(rename = "mail", alias = "email")]
    address: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    tries: i32,
    #[serde(skip)]
    cached: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nick: Option<String>,
    role: Role,
    payment: Payment,
}

#[derive(Embedded, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Role {
    Guest,
    #[serde(rename = "root", alias = "admin")]
    Admin,
}

#[derive(Embedded, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum Payment {
    CreditCard { last_four: String },
    Voucher(Voucher),
    Cash,
}

#[derive(Embedded, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Voucher {
    code: String,
}

fn user() -> User {
    User {
        id: "65a1b2c3d4e5f60718293a4b".parse().unwrap(),
        first_name: "Ann".into(),
        address: "a@x".into(),
        tags: vec![],
        tries: 0,
        cached: 0,
        nick: None,
        role: Role::Admin,
        payment: Payment::CreditCard { last_four: "4242".into() },
    }
}

// covers: T1
#[test]
fn a_model_with_serde_attributes_has_the_same_keys_in_both() {
    let user = user();
    same(
        &user,
        &doc! {
            "_id": user.id.object_id(), "firstName": "Ann", "mail": "a@x", "tags": [], "role": "root",
            "payment": { "kind": "credit_card", "lastFour": "4242" },
        },
    );
    let json = serde_json::json!({
        "_id": "65a1b2c3d4e5f60718293a4b", "firstName": "Ann", "mail": "a@x", "tags": [], "role": "root",
        "payment": { "kind": "credit_card", "lastFour": "4242" },
    });
    assert_eq!(serde_json::to_value(&user).unwrap(), json);
    assert_eq!(serde_json::from_value::<User>(json).unwrap(), user);
}

// covers: T1
#[test]
fn defaults_aliases_and_unknown_keys_are_as_serde_says() {
    let mut document = stored(&user());
    document.remove("tags");
    document.remove("mail");
    document.insert("email", "b@x");
    document.insert("role", "admin");
    let read_back: User = read(&document).unwrap();
    assert_eq!(read_back, User { address: "b@x".into(), ..user() });
    document.insert("more", 1);
    let error = read::<User>(&document).unwrap_err().to_string();
    assert!(error.contains("more"), "{error}");
    assert_eq!(User.address.path(), "mail");
    assert_eq!(User.payment.credit_card.last_four.path(), "payment.lastFour");
}

#[derive(Document, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[document(collection = "profiles", ignore_serde)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE", from = "Wire", into = "Wire")]
struct Profile {
    #[serde(skip_serializing)]
    id: i32,
    #[serde(rename(serialize = "x", deserialize = "y"))]
    full_name: String,
    #[serde(with = "nowhere_near_bson")]
    count: i32,
}

#[derive(Clone, Serialize, Deserialize)]
struct Wire {
    name: String,
}

impl From<Wire> for Profile {
    fn from(wire: Wire) -> Self {
        Self { id: 0, full_name: wire.name, count: 0 }
    }
}

impl From<Profile> for Wire {
    fn from(profile: Profile) -> Self {
        Self { name: profile.full_name }
    }
}

// covers: T1
#[test]
fn serde_can_be_ignored_as_a_whole() {
    let profile = Profile { id: 1, full_name: "Ann".into(), count: 3 };
    same(&profile, &doc! { "_id": 1, "full_name": "Ann", "count": 3 });
    assert_eq!(serde_json::to_string(&profile).unwrap(), r#"{"name":"Ann"}"#);
}

mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{value:x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
        i32::from_str_radix(&String::deserialize(deserializer)?, 16).map_err(D::Error::custom)
    }
}

#[derive(Embedded, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Both {
    #[field(as = String)]
    #[serde(rename = "n", with = "number")]
    number: u64,
    #[field(store)]
    #[serde(skip_serializing, default)]
    password: String,
    #[field(skip)]
    #[serde(skip_deserializing)]
    derived: i32,
    #[field(serde)]
    #[serde(with = "hex")]
    hex: i32,
}

mod number {
    pub(super) use serde::{Deserialize, Serialize};

    pub(super) fn serialize<S: serde::Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        u64::deserialize(deserializer)
    }
}

// covers: T1
#[test]
fn an_attribute_of_ours_decides_over_what_serde_does_one_way_or_by_functions() {
    let both = Both { number: 5, password: "p".into(), derived: 0, hex: 255 };
    same(&both, &doc! { "n": "5", "password": "p", "hex": 255 });
    assert_eq!(serde_json::to_string(&both).unwrap(), r#"{"n":5,"derived":0,"hex":"ff"}"#);
}
