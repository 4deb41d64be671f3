//! Patches: from JSON to an update.

use odmium::{
    Database,
    bson::{Document, doc},
    prelude::*,
    update::{IntoUpdate, Patch},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Owner {
    team: String,
}

#[derive(Embedded, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Address {
    city: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", rename_all = "camelCase", patch)]
struct User {
    id: i32,
    full_name: String,
    nick: Option<String>,
    #[field(as = i64)]
    visits: u64,
    #[field(serde)]
    owner: Option<Owner>,
    address: Address,
    #[field(skip_if = Vec::is_empty, default)]
    tags: Vec<String>,
    #[field(skip)]
    cache: i32,
}

mod inner {
    use odmium::prelude::*;

    /// Only some fields; a field of this module stays private.
    #[derive(Document, Clone, Debug, PartialEq)]
    #[document(collection = "users", patch(r#type, nick))]
    pub struct Account {
        pub id: i32,
        pub r#type: String,
        pub nick: Option<String>,
        pub role: String,
    }
}
use inner::{Account, AccountPatch};

fn user() -> User {
    User {
        id: 1,
        full_name: "Ann".into(),
        nick: Some("a".into()),
        visits: 1,
        owner: Some(Owner { team: "x".into() }),
        address: Address { city: "Paris".into() },
        tags: vec!["t".into()],
        cache: 0,
    }
}

/// What a client sends, what it is as an update, and what that makes of the user above.
type Case = (&'static str, Document, fn(&mut User));

// covers: T7
#[odmium::test]
async fn a_patch_sets_and_unsets_what_the_client_names(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let cases: [Case; 5] = [
        (r#"{"fullName": "Bob"}"#, doc! { "$set": { "fullName": "Bob" } }, |user| {
            user.full_name = "Bob".into()
        }),
        (
            r#"{"nick": null, "owner": null, "tags": []}"#,
            doc! { "$unset": { "nick": "", "owner": "", "tags": "" } },
            |user| (user.nick, user.owner, user.tags) = (None, None, vec![]),
        ),
        (r#"{"visits": 5000000000}"#, doc! { "$set": { "visits": 5_000_000_000_i64 } }, |user| {
            user.visits = 5_000_000_000;
        }),
        (r#"{"owner": {"team": "y"}}"#, doc! { "$set": { "owner": { "team": "y" } } }, |user| {
            user.owner = Some(Owner { team: "y".into() });
        }),
        (
            r#"{"address": {"city": "Rome"}, "nick": "b"}"#,
            doc! { "$set": { "nick": "b", "address": { "city": "Rome" } } },
            |user| (user.address.city, user.nick) = ("Rome".into(), Some("b".into())),
        ),
    ];
    for (json, update, change) in cases {
        let patch: UserPatch = serde_json::from_str(json).unwrap();
        assert_eq!(
            serde_json::to_value(&patch).unwrap(),
            serde_json::from_str::<serde_json::Value>(json).unwrap()
        );
        let mut expected = user();
        change(&mut expected);
        users.delete_all().await?;
        users.insert(&user()).await?;
        let patch = patch.into_update();
        assert_eq!(patch.to_document()?, update);
        users.update_one(User.id.eq(1), patch).await?;
        assert_eq!(users.get(1).await?, Some(expected), "{json}");
    }
    Ok(())
}

#[test]
fn what_cannot_be_patched_is_an_error() {
    let refused = [
        (r#"{"fullName": null}"#, "invalid type: null"),
        (r#"{"id": 2}"#, "unknown field `id`"),
        (r#"{"cache": 2}"#, "unknown field `cache`"),
        (r#"{"visits": -1}"#, "invalid value"),
    ];
    for (json, message) in refused {
        let error = serde_json::from_str::<UserPatch>(json).err().unwrap().to_string();
        assert!(error.contains(message), "{error}");
    }
    let error = serde_json::from_str::<AccountPatch>(r#"{"role": "admin"}"#).err().unwrap().to_string();
    assert!(error.contains("unknown field `role`, expected `type` or `nick`"), "{error}");
    let patch = UserPatch { visits: u64::MAX.into(), ..UserPatch::default() };
    assert!(patch.into_update().to_document().unwrap_err().is_encode());
    assert!(UserPatch::default().into_update().is_empty());
    assert!(UserPatch::default().into_update().to_document().unwrap_err().is_argument());
}

#[test]
fn a_patch_stands_beside_other_changes() {
    let patch = AccountPatch { r#type: Patch::Set("x".into()), nick: Patch::unset() };
    let update = odmium::Update::new().and((patch, Account.role.set("user")));
    assert_eq!(
        update.to_document().unwrap(),
        doc! { "$set": { "type": "x", "role": "user" }, "$unset": { "nick": "" } }
    );
    let clash = AccountPatch { nick: Patch::unset(), ..AccountPatch::default() };
    let update = odmium::Update::new().and((clash, Account.nick.set("n")));
    assert!(update.to_document().unwrap_err().is_argument());
}
