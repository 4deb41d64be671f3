//! Only a model with a collection is written there.
// covers: C1

use odmium::{pipeline::Merge, prelude::*};

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
    let _ = Pipeline::<User>::new().project((User.name,)).merge(Merge::new());
    let _ = Pipeline::<User>::new().group_by(User.age, |g| AgeStatsGroup { users: g.count(), names: g.push(User.name) }).merge(Merge::new());
    let _ = Pipeline::<User>::new().project((User.name,)).out();
    let _ = Pipeline::<User>::new().merge(Merge::<Company>::new());
    let _ = Pipeline::<User>::new().merge(Merge::new().when_matched("replace"));
    let _ = Pipeline::<User>::new().out_to(Company);
}
