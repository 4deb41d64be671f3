//! Sixty fields.

use odmium::{bson::doc, prelude::*};

use super::{read, stored};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "wide", rename_all = "camelCase")]
struct Wide {
    id: i32,
    field_00: String,
    field_01: i32,
    field_02: i64,
    field_03: bool,
    field_04: f64,
    field_05: Option<String>,
    field_06: Vec<i32>,
    field_07: Option<i64>,
    field_08: u8,
    field_09: DateTime,
    field_10: String,
    field_11: i32,
    field_12: i64,
    field_13: bool,
    field_14: f64,
    field_15: Option<String>,
    field_16: Vec<i32>,
    field_17: Option<i64>,
    field_18: u8,
    field_19: DateTime,
    field_20: String,
    field_21: i32,
    field_22: i64,
    field_23: bool,
    field_24: f64,
    field_25: Option<String>,
    field_26: Vec<i32>,
    field_27: Option<i64>,
    field_28: u8,
    field_29: DateTime,
    field_30: String,
    field_31: i32,
    field_32: i64,
    field_33: bool,
    field_34: f64,
    field_35: Option<String>,
    field_36: Vec<i32>,
    field_37: Option<i64>,
    field_38: u8,
    field_39: DateTime,
    field_40: String,
    field_41: i32,
    field_42: i64,
    field_43: bool,
    field_44: f64,
    field_45: Option<String>,
    field_46: Vec<i32>,
    field_47: Option<i64>,
    field_48: u8,
    field_49: DateTime,
    field_50: String,
    field_51: i32,
    field_52: i64,
    field_53: bool,
    field_54: f64,
    field_55: Option<String>,
    field_56: Vec<i32>,
    field_57: Option<i64>,
    field_58: u8,
    field_59: DateTime,
}

// covers: T1
#[test]
fn sixty_fields_are_written_in_order_and_read_in_any() {
    let values = doc! {
        "": ["s", 1, 2_i64, true, 1.5, "o", [1, 2], 3_i64, 4, DateTime::from_millis(5)],
    };
    let values = values.get_array("").unwrap().iter().cycle().take(60);
    let mut document = doc! { "_id": 1 };
    document.extend(values.enumerate().map(|(i, value)| (format!("field{i:02}"), value.clone())));
    let wide: Wide = read(&document).unwrap();
    assert_eq!(stored(&wide), document);
    let mut backwards: Vec<_> = document.clone().into_iter().collect();
    backwards.reverse();
    assert_eq!(read::<Wide>(&backwards.into_iter().collect()).unwrap(), wide);
    assert_eq!(Wide.field_59.path(), "field59");
    assert_eq!(wide.field_58, 4);
}

// covers: T1
#[test]
fn a_missing_field_among_sixty_is_named() {
    let error = read::<Wide>(&doc! { "_id": 1, "field00": "s" }).unwrap_err().to_string();
    assert!(error.contains("field01"), "{error}");
}
