//! Booleans, documents and lists have no order that means something.
// covers: C3

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
    let _ = User.active.gt(true);
    let _ = User.tags.lt(vec!["a"]);
}
