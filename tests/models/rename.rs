//! `rename_all`: the eight rules give what serde gives.

use odmium::{bson::doc, prelude::*};
use serde::Serialize;

use super::stored;

/// One model for both: serde's attributes are understood.
macro_rules! rules {
    ($($name:ident = $rule:literal;)*) => {$(
        #[test]
        fn $name() {
            #[derive(Embedded, Serialize, Default)]
            #[serde(rename_all = $rule)]
            #[allow(non_snake_case)]
            struct Fields {
                id: i32,
                first_name: i32,
                HTTPPort: i32,
                a1_b2: i32,
                _leading: i32,
                trailing_: i32,
                two__lines: i32,
                r#type: i32,
                camelCase: i32,
                #[serde(rename = "Kept_as-is")]
                kept: i32,
                grÖße_ß: i32,
            }
            let theirs = serde_json::to_value(Fields::default()).unwrap();
            let mut theirs: Vec<_> = theirs.as_object().unwrap().keys().cloned().collect();
            let ours = stored(&Fields::default());
            let mut ours: Vec<_> = ours.keys().cloned().collect();
            // Whether JSON keeps the order is a feature of serde_json, which any other crate may ask for.
            ours.sort();
            theirs.sort();
            assert_eq!(ours, theirs);

            #[derive(Embedded, Serialize, Clone, Copy)]
            #[document(rename_all = $rule)]
            #[serde(rename_all = $rule)]
            #[allow(non_camel_case_types)]
            enum Units {
                Plain,
                TwoWords,
                HTTPServer,
                V2Beta1,
                snake_name,
                X,
                AÄÖ,
            }
            use Units::*;
            for unit in [Plain, TwoWords, HTTPServer, V2Beta1, snake_name, X, AÄÖ] {
                let theirs = serde_json::to_value(unit).unwrap();
                let ours = stored(&Holder { unit });
                assert_eq!(ours.get_str("unit").unwrap(), theirs.as_str().unwrap());
            }
            #[derive(Embedded)]
            struct Holder {
                unit: Units,
            }
        }
    )*};
}

// covers: T1 T2
rules! {
    lower = "lowercase";
    upper = "UPPERCASE";
    pascal = "PascalCase";
    camel = "camelCase";
    snake = "snake_case";
    screaming_snake = "SCREAMING_SNAKE_CASE";
    kebab = "kebab-case";
    screaming_kebab = "SCREAMING-KEBAB-CASE";
}

// covers: T2
#[test]
fn the_fields_of_variants_have_rules_of_their_own() {
    #[derive(Embedded, Serialize)]
    #[serde(tag = "eventKind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
    enum Event {
        SignedUp {
            user_name: String,
        },
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        SignedOut {
            after_seconds: i32,
        },
    }
    for event in [Event::SignedUp { user_name: "ann".into() }, Event::SignedOut { after_seconds: 5 }] {
        let theirs = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::to_string(&stored(&event)).unwrap(), theirs);
    }
    assert_eq!(Event.signed_up.user_name.path(), "userName");
    assert_eq!(Event.signed_out.after_seconds.path(), "AFTER_SECONDS");
    assert_eq!(Event.eventKind.path(), "eventKind");
}

// covers: T1
#[test]
fn a_rename_of_the_field_wins_over_the_rule_and_over_serde() {
    #[derive(Embedded, Serialize)]
    #[document(rename_all = "camelCase")]
    #[serde(rename_all = "UPPERCASE")]
    struct Both {
        first_name: i32,
        #[field(rename = "ours")]
        #[serde(rename = "theirs")]
        last_name: i32,
        #[serde(rename = "theirs")]
        other_name: i32,
    }
    let both = Both { first_name: 1, last_name: 2, other_name: 3 };
    assert_eq!(stored(&both), doc! { "firstName": 1, "ours": 2, "theirs": 3 });
}
