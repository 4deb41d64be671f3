//! What a window computes is a generated struct or a tuple of its functions.
// covers: C1

use odmium::{pipeline::Bound, prelude::*};

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
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| w.rank());
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| AgeStatsGroup { users: w.count(), names: w.push(User.name) });
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| (w.documents("unbounded", "current").sum(User.age),));
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| (w.derivative(User.age),));
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| (w.documents(Bound::Unbounded, Bound::Current).rank(),));
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| (w.count(),w.count(),w.count(),w.count()));
    let _ = Pipeline::<User>::new().set_window_fields(User.age.desc(), |w| (w.shift_or(User.age, -1, "x"),));
}
