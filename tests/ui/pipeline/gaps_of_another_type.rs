//! Gaps are between numbers or dates, and in optional fields.
// covers: C1

use odmium::{expr::TimeUnit, pipeline::{Densify, Fill}, prelude::*};

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

fn without_a_type() {
    let _ = Pipeline::<User>::new().densify(Densify::numbers(User.age, 1.0));
}

fn main() {
    let _ = Pipeline::<User>::new().densify::<User>(Densify::dates(User.name, 1, TimeUnit::Day));
    let _ = Pipeline::<User>::new().densify::<User>(User.age);
    let _ = Pipeline::<User>::new().fill(Fill::new().value(User.age, 1));
    let _ = Pipeline::<User>::new().fill(Fill::new().value(User.score, "x"));
    let _ = Pipeline::<User>::new().fill(Fill::new().linear(User.nick));
    let _ = Pipeline::<User>::new().fill(Fill::new().last(Company.title));
}
