//! Documents of any shape: written as the `bson` crate writes them, read back to the same bytes.

use std::collections::BTreeMap;

use bson::{
    Binary, Bson, DateTime, Decimal128, Document, JavaScriptCodeWithScope, RawDocumentBuf, Regex, Timestamp,
    oid::ObjectId,
};
use odmium::{
    codec::{Maybe, decode, decode_bson, encode_to_bson, encode_to_raw, encode_to_vec},
    prelude::*,
};
use proptest::{collection::vec, option, prelude::*};

/// A string without NUL: a key, a pattern.
fn text() -> impl Strategy<Value = String> {
    "[^\\x00]{0,12}"
}

pub(crate) fn value() -> impl Strategy<Value = Bson> {
    let regex = (text(), "[imsx]{0,3}").prop_map(|(pattern, options)| {
        let mut options: Vec<char> = options.chars().collect();
        options.sort_unstable();
        let options = String::from_iter(options);
        Bson::RegularExpression(Regex {
            pattern: pattern.try_into().unwrap(),
            options: options.try_into().unwrap(),
        })
    });
    let leaf = prop_oneof![
        any::<u64>().prop_map(|bits| Bson::Double(f64::from_bits(bits))),
        any::<String>().prop_map(Bson::String),
        any::<bool>().prop_map(Bson::Boolean),
        Just(Bson::Null),
        regex,
        any::<String>().prop_map(Bson::JavaScriptCode),
        any::<i32>().prop_map(Bson::Int32),
        any::<i64>().prop_map(Bson::Int64),
        any::<(u32, u32)>().prop_map(|(time, increment)| Bson::Timestamp(Timestamp { time, increment })),
        (any::<u8>(), vec(any::<u8>(), 0..40))
            .prop_map(|(subtype, bytes)| Bson::Binary(Binary { subtype: subtype.into(), bytes })),
        any::<[u8; 12]>().prop_map(|bytes| Bson::ObjectId(ObjectId::from_bytes(bytes))),
        any::<i64>().prop_map(|millis| Bson::DateTime(DateTime::from_millis(millis))),
        any::<String>().prop_map(Bson::Symbol),
        any::<[u8; 16]>().prop_map(|bytes| Bson::Decimal128(Decimal128::from_bytes(bytes))),
        Just(Bson::Undefined),
        Just(Bson::MaxKey),
        Just(Bson::MinKey),
    ];
    leaf.prop_recursive(6, 64, 12, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..12).prop_map(Bson::Array),
            fields(inner.clone()).prop_map(Bson::Document),
            (any::<String>(), fields(inner)).prop_map(|(code, scope)| {
                Bson::JavaScriptCodeWithScope(JavaScriptCodeWithScope { code, scope })
            }),
        ]
    })
}

fn fields(value: impl Strategy<Value = Bson>) -> impl Strategy<Value = Document> {
    vec((text(), value), 0..8).prop_map(Document::from_iter)
}

pub(crate) fn document() -> impl Strategy<Value = Document> {
    fields(value())
}

/// Most kinds of fields in one model.
#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(rename_all = "camelCase")]
pub(crate) struct Everything {
    pub(crate) text: String,
    pub(crate) small: u8,
    pub(crate) int: i32,
    pub(crate) long: Option<i64>,
    pub(crate) flags: Vec<bool>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pair: (i16, char),
    pub(crate) word_counts: BTreeMap<String, u32>,
    pub(crate) asked: Maybe<String>,
    pub(crate) shape: Shape,
    #[field(as = Decimal128)]
    pub(crate) huge: u64,
    pub(crate) children: Vec<Everything>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "kind")]
pub(crate) enum Shape {
    Dot,
    Line { from: [i32; 2], to: [i32; 2] },
    Named { name: Option<String> },
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Dot),
        any::<([i32; 2], [i32; 2])>().prop_map(|(from, to)| Shape::Line { from, to }),
        option::of(any::<String>()).prop_map(|name| Shape::Named { name }),
    ]
}

pub(crate) fn everything() -> impl Strategy<Value = Everything> {
    let asked = prop_oneof![Just(Maybe::Missing), Just(Maybe::Null), any::<String>().prop_map(Maybe::Value)];
    let counts = proptest::collection::btree_map(text(), any::<u32>(), 0..5);
    let simple = (any::<(String, u8, i32, Option<i64>, Vec<bool>, Vec<u8>)>(), any::<(i16, char, u64)>());
    let leaf = (simple, counts, asked, shape()).prop_map(
        |(((text, small, int, long, flags, bytes), (number, letter, huge)), word_counts, asked, shape)| {
            Everything {
                text,
                small,
                int,
                long,
                flags,
                bytes,
                pair: (number, letter),
                word_counts,
                asked,
                shape,
                huge,
                children: Vec::new(),
            }
        },
    );
    leaf.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), vec(inner, 0..3)).prop_map(|(outer, children)| Everything { children, ..outer })
    })
}

proptest! {
    // covers: T3
    #[test]
    fn any_document_is_written_as_the_bson_crate_writes_it(document in document()) {
        let bytes = encode_to_vec(&document).unwrap();
        prop_assert_eq!(&bytes, &document.to_vec().unwrap());
        let read: Document = decode(&bytes).unwrap();
        prop_assert_eq!(encode_to_vec(&read).unwrap(), bytes.clone());
        let raw: RawDocumentBuf = decode(&bytes).unwrap();
        prop_assert_eq!(raw.as_bytes(), bytes.as_slice());
    }

    // covers: T1, T2, T3
    #[test]
    fn any_model_is_read_back_equal(model in everything()) {
        let raw = encode_to_raw(&model).unwrap();
        prop_assert_eq!(decode::<Everything>(raw.as_bytes()).unwrap(), model.clone());
        let dynamic = encode_to_bson(&model).unwrap();
        prop_assert_eq!(&dynamic, &Bson::Document(Document::try_from(raw.as_ref()).unwrap()));
        prop_assert_eq!(decode_bson::<Everything>(&dynamic).unwrap(), model);
    }

    // covers: T3
    #[test]
    fn the_order_of_keys_and_foreign_keys_change_nothing(model in everything(), foreign in value()) {
        let Bson::Document(fields) = encode_to_bson(&model).unwrap() else { unreachable!() };
        let mut turned = Document::new();
        turned.insert("", foreign.clone());
        let fields: Vec<_> = fields.into_iter().collect();
        turned.extend(fields.into_iter().rev());
        turned.insert("texts", foreign);
        prop_assert_eq!(decode::<Everything>(&turned.to_vec().unwrap()).unwrap(), model);
    }

    // covers: T3
    #[test]
    fn integers_are_exact_in_every_stored_form(small in any::<u64>(), large in any::<i128>()) {
        #[derive(Embedded, Debug, PartialEq)]
        struct Numbers {
            #[field(as = Decimal128)]
            decimal: u64,
            #[field(as = String)]
            text: i128,
            #[field(as = Decimal128)]
            short: i128,
        }
        let numbers = Numbers { decimal: small, text: large, short: large / 100_000 };
        prop_assert_eq!(decode::<Numbers>(&encode_to_vec(&numbers).unwrap()).unwrap(), numbers);
    }
}
