//! A raw stage says what it gives.
// covers: C1

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

#[derive(View)]
#[view(of = User)]
struct Small {
    name: String,
}

fn without_a_type() {
    let _ = Pipeline::<User>::new().raw_stage(doc! { "$match": {} });
}

fn main() {
    let _ = Pipeline::<User>::new().raw_stage::<Small>(doc! { "$match": {} }).filter(User.age.gt(1));
    let _ = Pipeline::<User>::new().raw_stage::<User>([doc! { "$match": {} }]);
    let _ = Pipeline::<User>::new().raw_stages::<User>(doc! { "$match": {} });
}
