//! No stage follows one that writes.
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

fn main() {
    let _ = Pipeline::<User>::new().merge(Merge::new()).filter(User.age.gt(1));
    let _ = Pipeline::<User>::new().merge(Merge::new()).count();
    let _ = Pipeline::<User>::new().out().skip(1).limit(1);
    let _ = Pipeline::<User>::new().out_to("others").group_by(User.age, |g| (g.count(),));
    let _ = Pipeline::<User>::new().out_to("others").union_with_named("more", Pipeline::<User>::new());
}
