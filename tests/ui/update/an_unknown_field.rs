//! An update names fields.
// covers: C1

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

fn uses(users: odmium::Collection<User>) {
    let _ = users.update_one(Filter::everything(), (User.aeg.inc(1), User.address.zip.set("x")));
}

fn main() {}
