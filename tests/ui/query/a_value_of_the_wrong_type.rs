//! A field is compared with values of its type.
// covers: C2

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
    let _ = User.age.eq("18");
    let _ = User.name.eq(5);
    let _ = User.age.gte(18.5);
    let _ = User.active.eq(1);
    let _ = User.age.is_in(["18"]);
    let _ = User.work.eq("Paris");
    let years: i64 = 18;
    let _ = User.age.gt(years);
    let _ = User.tags.contains(5);
}
