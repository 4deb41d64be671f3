//! A graph is followed by one key, within one collection.
// covers: C1

use odmium::{pipeline::GraphLookup, prelude::*};

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
    let _ = Pipeline::<User>::new().graph_lookup(User.name, GraphLookup::new(User.boss, User.id));
    let _ = Pipeline::<User>::new().graph_lookup(User.boss, GraphLookup::new(User.boss, Company.id));
    let _ = Pipeline::<User>::new().graph_lookup(User.boss, GraphLookup::new(User.boss, User.id).depth_field(User.age));
    let _ = Pipeline::<User>::new().graph_lookup(User.boss, GraphLookup::new(User.boss, User.id).filter(Company.size.gt(1)));
}
