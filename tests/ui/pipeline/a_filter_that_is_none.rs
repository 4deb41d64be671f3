//! A stage that filters takes a filter.
// covers: C1 C4

use odmium::{bson::doc, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    company: Id<Company>,
    boss: Option<Id<User>>,
    tags: Vec<String>,
    address: Address,
    work: Option<Address>,
    items: Vec<Item>,
    score: Option<f64>,
    rank: Option<i32>,
}

#[derive(Embedded)]
struct Address {
    city: String,
    floor: Option<i32>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
}

#[derive(Document)]
#[document(collection = "companies")]
struct Company {
    id: Id<Company>,
    title: String,
    size: i32,
}

fn main() {
    let _ = Pipeline::<User>::new().filter(User.age.expr().gt(1));
    let _ = Pipeline::<User>::new().filter(User.age);
    let _ = Pipeline::<User>::new().filter(doc! { "age": 1 });
}
