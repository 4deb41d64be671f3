//! The boundaries of groups have the type of the value.
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

#[derive(Embedded)]
#[document(group)]
struct AgeStats {
    #[field(id)]
    age: i32,
    users: i64,
    names: Vec<String>,
}

fn main() {
    let _ = Pipeline::<User>::new().bucket(User.age, ["a", "b"], |g| (g.count(),));
    let _ = Pipeline::<User>::new().bucket_or(User.age, [0, 18], "other", |g| (g.count(),));
    let _ = Pipeline::<User>::new().bucket(User.age, 18, |g| (g.count(),));
    let _ = Pipeline::<User>::new().bucket_auto(User.age, 5, |g| AgeStatsGroup { users: g.count(), names: g.push(User.name) });
}
