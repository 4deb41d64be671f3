//! What a missing field reads as.

use odmium::{bson::doc, prelude::*};
use serde::{Deserialize, Serialize};

use super::{read, same};

#[derive(Embedded, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[document(default)]
#[serde(default)]
struct Settings {
    level: i32,
    note: Option<String>,
    #[field(default = 9)]
    own: i32,
    #[field(default)]
    zero: i32,
    #[field(skip)]
    #[serde(skip)]
    cached: i32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { level: 3, note: Some("none".into()), own: 4, zero: 5, cached: 6 }
    }
}

// covers: T1
#[test]
fn missing_fields_come_from_the_default_of_the_struct() {
    let settings: Settings = read(&doc! { "level": 1 }).unwrap();
    assert_eq!(
        settings,
        Settings { level: 1, note: Some("none".into()), own: 9, zero: 0, cached: 6 },
        "the field's own default wins"
    );
    same(&Settings::default(), &doc! { "level": 3, "note": "none", "own": 4, "zero": 5 });
}

fn preset() -> Preset {
    Preset { a: 1, b: "b".into() }
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(default = preset())]
struct Preset {
    a: i32,
    b: String,
}

#[derive(Embedded, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default = "by_serde")]
struct BySerde {
    a: i32,
    #[serde(default = "five")]
    b: i32,
    #[serde(default)]
    c: i32,
}

fn by_serde() -> BySerde {
    BySerde { a: 7, b: 8, c: 9 }
}

fn five() -> i32 {
    5
}

// covers: T1
#[test]
fn a_struct_may_name_the_value_that_its_fields_come_from() {
    assert_eq!(read::<Preset>(&doc! {}).unwrap(), preset());
    assert_eq!(read::<Preset>(&doc! { "b": "c" }).unwrap(), Preset { b: "c".into(), ..preset() });
    let theirs: BySerde = serde_json::from_str("{}").unwrap();
    assert_eq!(read::<BySerde>(&doc! {}).unwrap(), theirs);
    assert_eq!(theirs, BySerde { a: 7, b: 5, c: 0 });
}

// covers: T1
#[test]
fn a_default_may_have_commas_and_closures() {
    #[derive(Embedded, Clone, Debug, PartialEq)]
    struct Odd {
        #[field(default = std::iter::successors(Some(1), |n| Some(n * 2)).take(3).collect::<Vec<i32>>())]
        list: Vec<i32>,
        #[field(default = std::cmp::max::<i32>(1, 2), rename = "m")]
        max: i32,
    }
    assert_eq!(read::<Odd>(&doc! {}).unwrap(), Odd { list: vec![1, 2, 4], max: 2 });
}
