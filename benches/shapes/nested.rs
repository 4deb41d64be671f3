//! A nested document: 15 documents of 15 leaves each, one pair of them in an array; some 7.6 KB.

use odmium::{Document, Embedded, bson::oid::ObjectId};
use serde::{Deserialize, Serialize};

use super::{Maker, Shape, by_hand};

/// Gives another macro the names of fifteen fields.
macro_rules! fifteen {
    ($macro:ident! $($what:tt)*) => {
        $macro! { $($what)*;
            field1 field2 field3 field4 field5 field6 field7 field8
            field9 field10 field11 field12 field13 field14 field15 }
    };
}

macro_rules! document {
    ($derive:ident $name:ident $(<$life:lifetime>)?: $ty:ty; $($field:ident)*) => {
        #[derive(Embedded, $derive, Deserialize)]
        pub struct $name $(<$life>)? { $(pub $field: $ty,)* }
    };
}

/// The maker of a document, and its encoder by hand: the type byte, and what writes a value.
macro_rules! by_hand {
    ($name:ident: $ty:ty, $tag:literal $write:expr; $($field:ident)*) => {
        impl $name {
            fn make(mut value: impl FnMut() -> $ty) -> Self {
                Self { $($field: value(),)* }
            }

            fn by_hand(&self, buf: &mut Vec<u8>, header: &[u8]) {
                buf.extend_from_slice(header);
                by_hand::document(buf, |buf| {
                    $($write(buf, concat!($tag, stringify!($field), "\0").as_bytes(), &self.$field);)*
                });
            }
        }
    };
}

fifteen!(document! Serialize Texts: String);
fifteen!(document! Serialize Integers: i32);
fifteen!(document! Debug TextsRow<'a>: &'a str);
fifteen!(by_hand! Texts: String, "\x02" by_hand::text);
fifteen!(by_hand! Integers: i32, "\x10" |buf: &mut Vec<u8>, header: &[u8], value: &i32| by_hand::int(buf, header, *value));

#[derive(Document, Serialize, Deserialize)]
#[document(collection = "nested")]
pub struct Nested {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub embedded_1: Texts,
    pub embedded_2: Texts,
    pub embedded_3: Texts,
    pub embedded_4: Texts,
    pub embedded_5: Texts,
    pub embedded_array: Vec<Texts>,
    pub embedded_6: Integers,
    pub embedded_7: Integers,
    pub embedded_8: Integers,
    pub embedded_9: Integers,
    pub embedded_10: Integers,
    pub embedded_11: Integers,
    pub embedded_12: Integers,
}

#[derive(Embedded, Deserialize)]
pub struct NestedRow<'a> {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    #[serde(borrow)]
    pub embedded_1: TextsRow<'a>,
    pub embedded_2: TextsRow<'a>,
    pub embedded_3: TextsRow<'a>,
    pub embedded_4: TextsRow<'a>,
    pub embedded_5: TextsRow<'a>,
    pub embedded_array: Vec<TextsRow<'a>>,
    pub embedded_6: Integers,
    pub embedded_7: Integers,
    pub embedded_8: Integers,
    pub embedded_9: Integers,
    pub embedded_10: Integers,
    pub embedded_11: Integers,
    pub embedded_12: Integers,
}

impl Shape for Nested {
    const NAME: &'static str = "nested";

    type Row<'a> = NestedRow<'a>;

    fn sample(seed: u32) -> Self {
        let mut make = Maker::new(seed);
        let mut texts = || Texts::make(|| make.text(44));
        let [embedded_1, embedded_2, embedded_3, embedded_4, embedded_5] = std::array::from_fn(|_| texts());
        let embedded_array = vec![texts(), texts()];
        let mut integers = || Integers::make(|| make.int());
        Self {
            id: ObjectId::new(),
            embedded_1,
            embedded_2,
            embedded_3,
            embedded_4,
            embedded_5,
            embedded_array,
            embedded_6: integers(),
            embedded_7: integers(),
            embedded_8: integers(),
            embedded_9: integers(),
            embedded_10: integers(),
            embedded_11: integers(),
            embedded_12: integers(),
        }
    }

    fn by_hand(&self) -> Vec<u8> {
        let mut buf = Vec::with_capacity(512);
        by_hand::document(&mut buf, |buf| {
            by_hand::id(buf, self.id);
            self.embedded_1.by_hand(buf, b"\x03embedded_1\0");
            self.embedded_2.by_hand(buf, b"\x03embedded_2\0");
            self.embedded_3.by_hand(buf, b"\x03embedded_3\0");
            self.embedded_4.by_hand(buf, b"\x03embedded_4\0");
            self.embedded_5.by_hand(buf, b"\x03embedded_5\0");
            buf.extend_from_slice(b"\x04embedded_array\0");
            by_hand::document(buf, |buf| {
                for (index, texts) in self.embedded_array.iter().enumerate() {
                    match index {
                        0..10 => texts.by_hand(buf, &[3, b'0' + index as u8, 0]),
                        _ => texts.by_hand(buf, format!("\x03{index}\0").as_bytes()),
                    }
                }
            });
            self.embedded_6.by_hand(buf, b"\x03embedded_6\0");
            self.embedded_7.by_hand(buf, b"\x03embedded_7\0");
            self.embedded_8.by_hand(buf, b"\x03embedded_8\0");
            self.embedded_9.by_hand(buf, b"\x03embedded_9\0");
            self.embedded_10.by_hand(buf, b"\x03embedded_10\0");
            self.embedded_11.by_hand(buf, b"\x03embedded_11\0");
            self.embedded_12.by_hand(buf, b"\x03embedded_12\0");
        });
        buf
    }
}
