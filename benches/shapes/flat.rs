//! A flat document: seven texts and six integers, some 250 bytes.

use odmium::{Document, Embedded, bson::oid::ObjectId};
use serde::{Deserialize, Serialize};

use super::{Maker, Shape, by_hand};

#[derive(Document, Serialize, Deserialize)]
#[document(collection = "flat")]
pub struct Flat {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub field1: String,
    pub field2: String,
    pub field3: String,
    pub field4: String,
    pub field5: String,
    pub field6: String,
    pub field7: String,
    pub field8: i32,
    pub field9: i32,
    pub field10: i32,
    pub field11: i32,
    pub field12: i32,
    pub field13: i32,
}

#[derive(Embedded, Deserialize)]
pub struct FlatRow<'a> {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub field1: &'a str,
    pub field2: &'a str,
    pub field3: &'a str,
    pub field4: &'a str,
    pub field5: &'a str,
    pub field6: &'a str,
    pub field7: &'a str,
    pub field8: i32,
    pub field9: i32,
    pub field10: i32,
    pub field11: i32,
    pub field12: i32,
    pub field13: i32,
}

impl Shape for Flat {
    const NAME: &'static str = "flat";

    type Row<'a> = FlatRow<'a>;

    fn sample(seed: u32) -> Self {
        let mut make = Maker::new(seed);
        Self {
            id: ObjectId::new(),
            field1: make.text(9),
            field2: make.text(9),
            field3: make.text(9),
            field4: make.text(9),
            field5: make.text(9),
            field6: make.text(9),
            field7: make.text(9),
            field8: make.int(),
            field9: make.int(),
            field10: make.int(),
            field11: make.int(),
            field12: make.int(),
            field13: make.int(),
        }
    }

    fn by_hand(&self) -> Vec<u8> {
        use by_hand::{int, text};
        let mut buf = Vec::with_capacity(512);
        by_hand::document(&mut buf, |buf| {
            by_hand::id(buf, self.id);
            text(buf, b"\x02field1\0", &self.field1);
            text(buf, b"\x02field2\0", &self.field2);
            text(buf, b"\x02field3\0", &self.field3);
            text(buf, b"\x02field4\0", &self.field4);
            text(buf, b"\x02field5\0", &self.field5);
            text(buf, b"\x02field6\0", &self.field6);
            text(buf, b"\x02field7\0", &self.field7);
            int(buf, b"\x10field8\0", self.field8);
            int(buf, b"\x10field9\0", self.field9);
            int(buf, b"\x10field10\0", self.field10);
            int(buf, b"\x10field11\0", self.field11);
            int(buf, b"\x10field12\0", self.field12);
            int(buf, b"\x10field13\0", self.field13);
        });
        buf
    }
}
