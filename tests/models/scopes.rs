//! Where models stand, who sees them, and how they name the runtime.

use odmium::{bson::doc, prelude::*};

use super::same;

mod outer {
    pub mod inner {
        use odmium::prelude::*;

        #[derive(Document, Clone, Debug, PartialEq)]
        #[document(collection = "users", index(shared))]
        pub struct User {
            pub id: i32,
            pub(crate) seen: i32,
            pub(in crate::scopes) shared: i32,
            pub(super) near: i32,
            secret: i32,
        }

        impl User {
            pub(crate) fn new(secret: i32) -> Self {
                Self { id: 1, seen: 2, shared: 3, near: 4, secret }
            }

            pub(crate) fn with_secret(secret: i32) -> Filter<Self> {
                User.secret.eq(secret)
            }
        }

        #[derive(Embedded, Clone, Debug, PartialEq)]
        #[document(tag = "kind")]
        pub(crate) enum Kind {
            A { a: i32 },
        }
    }

    pub(super) fn near() -> &'static str {
        assert_eq!(inner::User.near.path(), "near");
        "near"
    }
}

mod renamed {
    pub(crate) use odmium as kept;
}

// covers: T1 C12
#[test]
fn paths_are_seen_where_their_fields_are() {
    use outer::inner::{Kind, User, UserFields, UserIndex};
    assert_eq!(
        (User.id.path(), User.seen.path(), User.shared.path()),
        ("_id".into(), "seen".into(), "shared".into())
    );
    assert_eq!(outer::near(), "near");
    assert_eq!(User::with_secret(5).to_document().unwrap(), doc! { "secret": 5 });
    assert_eq!(Kind.a.a.path(), "a");
    fn takes<P: odmium::path::StaticPath>(_: &UserFields<User, P>) -> UserIndex {
        UserIndex::Shared
    }
    assert_eq!(takes(User), UserIndex::Shared);
    same(&User::new(5), &doc! { "_id": 1, "seen": 2, "shared": 3, "near": 4, "secret": 5 });
    same(&Kind::A { a: 1 }, &doc! { "kind": "A", "a": 1 });
}

// covers: T1
#[test]
fn a_model_may_stand_in_a_function_and_name_the_runtime_by_any_path() {
    #[derive(Embedded, Clone, Debug, PartialEq)]
    #[document(crate = crate::scopes::renamed::kept)]
    struct Absolute {
        a: i32,
    }
    #[derive(Embedded, Clone, Debug, PartialEq)]
    #[document(crate = super::scopes::renamed::kept, tag = "kind")]
    enum Relative {
        A { absolute: Absolute },
    }
    use renamed::kept as local;
    #[derive(Document, Clone, Debug, PartialEq)]
    #[document(crate = local, collection = "locals", index(relative.a.absolute.a))]
    struct Local {
        id: i32,
        relative: Relative,
        #[field(serde)]
        bridged: i32,
    }
    let local = Local { id: 1, relative: Relative::A { absolute: Absolute { a: 1 } }, bridged: 3 };
    same(&local, &doc! { "_id": 1, "relative": { "kind": "A", "absolute": { "a": 1 } }, "bridged": 3 });
    assert_eq!(Local.relative.a.absolute.a.path(), "relative.absolute.a");
}

macro_rules! model {
    ($name:ident { $($field:ident: $ty:ty),* }) => {
        #[derive(Document, Clone, Debug, PartialEq)]
        #[document(collection = "made", index(made))]
        struct $name {
            id: i32,
            made: String,
            #[field(skip_if = is_zero, default)]
            zero: i32,
            $($field: $ty,)*
        }
    };
}

fn is_zero(value: &i32) -> bool {
    *value == 0
}

model!(Made { given: i32, list: Vec<i32> });

// covers: T1
#[test]
fn a_model_may_come_from_a_macro() {
    let made = Made { id: 1, made: "m".into(), zero: 0, given: 2, list: vec![3] };
    same(&made, &doc! { "_id": 1, "made": "m", "given": 2, "list": [3] });
    assert_eq!((Made.made.path(), Made.given.path()), ("made".into(), "given".into()));
    assert_eq!(MadeIndex::Made as usize, 1);
}
