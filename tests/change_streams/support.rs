//! The model that the tests watch.

use odmium::prelude::*;

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Address {
    pub city: String,
    pub zip: Option<String>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users")]
pub struct User {
    pub id: i32,
    pub email: String,
    pub age: i32,
    pub address: Address,
    pub work: Option<Address>,
    pub tags: Vec<String>,
}

pub fn user(id: i32) -> User {
    let address = Address { city: "Paris".into(), zip: None };
    User { id, email: format!("{id}@x.org"), age: 20 + id, address, work: None, tags: Vec::new() }
}
