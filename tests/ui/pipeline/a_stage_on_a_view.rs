//! A view has no paths: stages with paths come before it.
// covers: C1 C7

use odmium::prelude::*;

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

fn main() {
    let _ = Pipeline::<User>::new().project_as::<Small>().sort(User.name.asc());
    let _ = Pipeline::<User>::new().project_as::<Small>().unwind(User.tags);
    let _ = Pipeline::<User>::new().project_as::<Small>().lookup_pipeline(|_| Pipeline::<Company>::new());
    let _ = Pipeline::<User>::new().project_as::<Small>().with_fields(|pipeline, _| pipeline);
}
