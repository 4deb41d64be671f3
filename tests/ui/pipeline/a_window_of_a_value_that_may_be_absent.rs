//! The server knows one null only: options in options become one.
// covers: C1 C8

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
struct Running {
    #[field(flatten)]
    user: User,
    total: i64,
    before: Option<i32>,
}

fn main() {
    let _ = Pipeline::<User>::new().set_window_fields(User.age.asc(), |w| RunningGroup { total: w.count(), before: w.shift(User.rank, -1) });
    let _ = Pipeline::<User>::new().set_window_fields(User.age.asc(), |w| RunningGroup { total: w.count(), before: w.first(User.work.floor) });
    let _ = Pipeline::<User>::new().set_window_fields(User.age.asc(), |w| RunningGroup { total: w.count(), before: w.shift_or(User.age, -1, 0) });
}
