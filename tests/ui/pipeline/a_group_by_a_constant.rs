//! A text is no name of a field: groups by it would be one.
// covers: C1

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

fn main() {
    let _ = Pipeline::<User>::new().group_by("age", |g| (g.count(),));
    let _ = Pipeline::<User>::new().sort_by_count("age");
    let _ = Pipeline::<User>::new().bucket("age", ["a", "b"], |g| (g.count(),));
    let _ = Pipeline::<User>::new().set_window_fields_by("name", User.age.asc(), |w| (w.rank(),));
}
