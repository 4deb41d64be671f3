//! Stored documents that do not fit: path, what was expected, what is there, in which document.

use std::error::Error as _;

use bson::{Bson, Document, bson, doc, oid::ObjectId};
use odmium::{
    Database,
    codec::{Decode, DecodeError, DecodeErrorKind, RawValue, decode, decode_bson, encode_to_vec},
    prelude::*,
};

#[derive(Document, Debug)]
#[document(collection = "orders", rename_all = "camelCase")]
struct Order {
    id: ObjectId,
    ship_to: Option<Address>,
    line_items: Vec<Item>,
    payment: Payment,
}

#[derive(Embedded, Debug)]
struct Address {
    city: String,
}

#[derive(Embedded, Debug)]
struct Item {
    sku: Sku,
    qty: u8,
}

#[derive(Embedded, Debug)]
#[document(tag = "kind")]
enum Payment {
    Card { last4: [char; 4] },
    Cash,
}

#[derive(Debug)]
struct Sku;

impl odmium::codec::Encode for Sku {
    fn encode(&self, slot: odmium::codec::Slot<'_>) {
        slot.string("sku");
    }
}

impl<'de> Decode<'de> for Sku {
    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        let text = value.str()?;
        text.parse::<u32>().map_err(DecodeError::caused_by).map(|_| Self)
    }
}

const ID: &str = "65a1b2c3d4e5f60718293a4b";

fn order() -> Document {
    doc! {
        "_id": ObjectId::parse_str(ID).unwrap(),
        "shipTo": { "city": "Paris" },
        "lineItems": [{ "sku": "1", "qty": 1 }, { "sku": "2", "qty": 2 }],
        "payment": { "kind": "Card", "last4": ["4", "2", "4", "2"] },
    }
}

/// Path, part of the document, what replaces it, and the message behind the document's name.
fn cases() -> Vec<(&'static str, Document, &'static str)> {
    let items =
        |sku: Bson, qty: Bson| doc! { "lineItems": [{ "sku": "1", "qty": 1 }, { "sku": sku, "qty": qty }] };
    vec![
        ("shipTo.city", doc! { "shipTo": { "city": 7 } }, "must be a string, but an int32 is stored"),
        ("shipTo", doc! { "shipTo": "Paris" }, "must be a document, but a string is stored"),
        ("shipTo.city", doc! { "shipTo": {} }, "is missing: make the field an `Option`"),
        ("lineItems", doc! { "lineItems": {} }, "must be an array, but a document is stored"),
        (
            "lineItems.1.qty",
            items("2".into(), 256.into()),
            "must be an integer from 0 to 255, but 256 is stored",
        ),
        ("lineItems.1.sku", items("x".into(), 1.into()), "cannot be read: invalid digit found in string"),
        ("lineItems.1.sku", items(Bson::Null, 1.into()), "must be a string, but null is stored"),
        (
            "payment.kind",
            doc! { "payment": { "kind": "Cheque" } },
            "must be one of \"Card\", \"Cash\", but \"Cheque\"",
        ),
        ("payment.kind", doc! { "payment": {} }, "is missing"),
        ("payment.kind", doc! { "payment": { "kind": 1 } }, "must be a string, but an int32 is stored"),
        (
            "payment.last4.2",
            doc! { "payment": { "kind": "Card", "last4": ["4", "2", "42", "4"] } },
            "one character",
        ),
        (
            "payment.last4",
            doc! { "payment": { "kind": "Card", "last4": ["4"] } },
            "4 elements, but one of 1 is",
        ),
    ]
}

// covers: T3
#[test]
fn an_error_names_path_document_expected_and_found() {
    for (path, change, message) in cases() {
        let mut document = order();
        document.extend(change);
        let error = decode::<Order>(&document.to_vec().unwrap()).unwrap_err();
        assert_eq!(error.path(), path);
        assert_eq!(error.id(), document.get("_id"));
        let start = format!("`{path}` of the document with _id ObjectId(\"{ID}\") ");
        let text = error.to_string();
        assert!(text.starts_with(&start) && text[start.len()..].contains(message), "{text}");
        let dynamic = decode_bson::<Order>(&Bson::Document(document)).unwrap_err();
        assert_eq!(dynamic.to_string(), text);
    }
}

// covers: T3
#[test]
fn the_id_of_the_document_may_be_anything_or_missing() {
    let mut document = order();
    document.insert("payment", 1);
    for id in [bson!("text"), bson!({ "a": [1, 2] }), bson!(null), bson!(1.5)] {
        document.insert("_id", id.clone());
        let error = decode::<Order>(&document.to_vec().unwrap()).unwrap_err();
        // A wrong `_id` is itself an error: it is the first field.
        assert_eq!((error.path().as_str(), error.id()), ("_id", Some(&id)));
    }
    document.remove("_id");
    let error = decode::<Order>(&document.to_vec().unwrap()).unwrap_err();
    assert_eq!(error.id(), None);
    assert_eq!(error.to_string(), "`payment` must be a document, but an int32 is stored");
}

// covers: T3
#[test]
fn a_cause_is_kept_and_a_long_value_is_shortened() {
    let mut document = order();
    document.insert("lineItems", vec![bson!({ "sku": "x", "qty": 1 })]);
    let error = decode::<Order>(&document.to_vec().unwrap()).unwrap_err();
    assert!(error.source().unwrap().is::<std::num::ParseIntError>());
    document.insert("payment", doc! { "kind": "\u{17c}".repeat(1000) });
    document.insert("lineItems", Vec::<Bson>::new());
    let error = decode::<Order>(&document.to_vec().unwrap()).unwrap_err();
    let DecodeErrorKind::Value { found, .. } = error.kind() else { panic!("{error}") };
    assert_eq!(found.chars().count(), 82);
    assert!(found.ends_with(".."));
}

// covers: T3
#[test]
fn bytes_that_are_no_document_have_no_path() {
    for bytes in [&[][..], &[0; 4], &[4, 0, 0, 0], &[6, 0, 0, 0, 0], &[5, 0, 0, 0, 1], &[0xff; 64]] {
        let error = decode::<Document>(bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the document is no valid BSON: the length of the document does not fit its bytes"
        );
    }
    assert_eq!(encode_to_vec(&decode::<Document>(&[5, 0, 0, 0, 0]).unwrap()).unwrap(), [5, 0, 0, 0, 0]);
}

// covers: T3
#[odmium::test]
async fn a_find_reports_the_document_that_does_not_fit(db: Database) -> odmium::Result<()> {
    let orders = db.collection::<Order>();
    let raw = db.collection_named::<Document>("orders");
    for (path, change, _) in cases() {
        raw.delete_all().await?;
        let mut document = order();
        document.extend(change);
        raw.insert(&document).await?;
        let error = orders.find(Filter::everything()).await.unwrap_err();
        assert!(error.is_decode());
        let error = error.decode_error().unwrap();
        assert_eq!((error.path().as_str(), error.id()), (path, document.get("_id")));
        let error = orders.get(ObjectId::parse_str(ID).unwrap()).await.unwrap_err();
        assert_eq!(error.decode_error().unwrap().path(), path);
    }
    Ok(())
}
