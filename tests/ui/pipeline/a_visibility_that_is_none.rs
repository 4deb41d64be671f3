//! What `redact` takes says what is left out.
// covers: C1

use odmium::{pipeline::Visibility, prelude::*};

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
    let _ = Pipeline::<User>::new().redact(User.age.gt(1));
    let _ = Pipeline::<User>::new().redact(User.age.expr().gt(1));
    let _ = Pipeline::<User>::new().redact(User.age.expr().gt(1).cond("$$KEEP", "$$PRUNE"));
    let _ = Pipeline::<User>::new().redact(User.age.gt(1).cond(Visibility::Keep.expr(), Visibility::Prune.expr()));
}
