//! A user: eleven fields of many types, some 270 bytes.

use odmium::{
    Document, Embedded,
    bson::{DateTime, oid::ObjectId},
};
use serde::{Deserialize, Serialize};

use super::{Maker, Shape, by_hand};

#[derive(Document, Serialize, Deserialize)]
#[document(collection = "users")]
pub struct User {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub name: String,
    pub email: String,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created_at: DateTime,
    pub tags: Vec<String>,
    pub address: Address,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    pub visits: i64,
}

#[derive(Embedded, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: String,
}

#[derive(Embedded, Deserialize)]
pub struct UserRow<'a> {
    #[serde(rename = "_id")]
    pub id: ObjectId,
    pub name: &'a str,
    pub email: &'a str,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created_at: DateTime,
    #[serde(borrow)]
    pub tags: Vec<&'a str>,
    #[serde(borrow)]
    pub address: AddressRow<'a>,
    pub nickname: Option<&'a str>,
    pub visits: i64,
}

#[derive(Embedded, Deserialize)]
pub struct AddressRow<'a> {
    pub street: &'a str,
    pub city: &'a str,
    pub zip: &'a str,
}

impl Shape for User {
    const NAME: &'static str = "user";

    type Row<'a> = UserRow<'a>;

    fn sample(seed: u32) -> Self {
        let mut make = Maker::new(seed);
        Self {
            id: ObjectId::new(),
            name: make.text(12),
            email: make.text(18),
            age: make.int() % 80,
            score: f64::from(make.int()) / 7.0,
            active: make.int() % 2 == 0,
            created_at: DateTime::from_millis(1_700_000_000_000 + i64::from(make.int())),
            tags: (0..3).map(|_| make.text(5)).collect(),
            address: Address { street: make.text(14), city: make.text(8), zip: make.text(5) },
            nickname: Some(make.text(6)),
            visits: make.int().into(),
        }
    }

    fn by_hand(&self) -> Vec<u8> {
        use by_hand::{document, int, long, text};
        let mut buf = Vec::with_capacity(512);
        document(&mut buf, |buf| {
            by_hand::id(buf, self.id);
            text(buf, b"\x02name\0", &self.name);
            text(buf, b"\x02email\0", &self.email);
            int(buf, b"\x10age\0", self.age);
            long(buf, b"\x01score\0", self.score.to_bits() as i64);
            buf.extend_from_slice(b"\x08active\0");
            buf.push(self.active.into());
            long(buf, b"\x09created_at\0", self.created_at.timestamp_millis());
            buf.extend_from_slice(b"\x04tags\0");
            document(buf, |buf| {
                for (index, tag) in self.tags.iter().enumerate() {
                    match index {
                        0..10 => text(buf, &[2, b'0' + index as u8, 0], tag),
                        _ => text(buf, format!("\x02{index}\0").as_bytes(), tag),
                    }
                }
            });
            buf.extend_from_slice(b"\x03address\0");
            document(buf, |buf| {
                text(buf, b"\x02street\0", &self.address.street);
                text(buf, b"\x02city\0", &self.address.city);
                text(buf, b"\x02zip\0", &self.address.zip);
            });
            if let Some(nickname) = &self.nickname {
                text(buf, b"\x02nickname\0", nickname);
            }
            long(buf, b"\x12visits\0", self.visits);
        });
        buf
    }
}
