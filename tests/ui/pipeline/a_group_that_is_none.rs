//! What a group computes is a generated struct or a tuple of accumulators.
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

#[derive(Embedded)]
#[document(group)]
struct Running {
    #[field(flatten)]
    user: User,
    total: i64,
    before: Option<i32>,
}

fn main() {
    let _ = Pipeline::<User>::new().group_by(User.age, |g| g.count());
    let _ = Pipeline::<User>::new().group_by(User.age, |g| (User.age, g.count()));
    let _ = Pipeline::<User>::new().group_by(User.age, |g| (g.max(User.address),));
    let _ = Pipeline::<User>::new().group_by(User.nick, |g| AgeStatsGroup { users: g.count(), names: g.push(User.name) });
    let _ = Pipeline::<User>::new().group_by(User.age, |g| RunningGroup { total: g.count(), before: g.max(User.score).raw_as() });
}
