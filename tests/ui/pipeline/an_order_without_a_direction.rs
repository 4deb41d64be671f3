//! A key of an order has a direction, and is a field.
// covers: C1 C3

use odmium::{pipeline::Fill, prelude::*};

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
    let _ = Pipeline::<User>::new().sort(User.age);
    let _ = Pipeline::<User>::new().sort("age");
    let _ = Pipeline::<User>::new().sort(User.age.expr().desc());
    let _ = Pipeline::<User>::new().sort((User.age.desc(), Company.title.asc()));
    let _ = Pipeline::<User>::new().set_window_fields(User.age, |w| (w.rank(),));
    let _ = Pipeline::<User>::new().fill(Fill::new().sort(User.age).last(User.score));
}
