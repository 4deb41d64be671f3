//! The filters that are measured: by typed paths, and written out.

use odmium::{
    bson::{Document, doc},
    prelude::*,
};

#[derive(Document)]
#[document(collection = "users")]
pub struct User {
    pub id: Id<User>,
    pub age: i32,
    pub address: Address,
}

#[derive(Embedded)]
pub struct Address {
    pub city: String,
}

/// The document that is sent for a filter by typed paths.
pub fn typed(age: i32, city: &str) -> Document {
    let filter = User.age.gte(age) & User.address.city.eq(city);
    filter.into_document().unwrap()
}

/// The same by hand.
pub fn by_hand(age: i32, city: &str) -> Document {
    doc! { "age": { "$gte": age }, "address.city": city }
}
