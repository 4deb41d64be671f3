//! A document and a field in it conflict.
// covers: C6

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    score: i64,
    active: bool,
    address: Address,
    work: Option<Address>,
    items: Vec<Item>,
    tags: Vec<String>,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
struct Item {
    sku: String,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    author: Id<User>,
    title: String,
}

fn main() {
    let address = Address { city: "Paris".into() };
    let _ = odmium::Update::new().and((User.address.set(address), User.address.city.set("Rome")));
}
