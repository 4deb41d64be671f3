//! A typo after a group.
// covers: C1

use odmium::{pipeline::Pipeline, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    company: Id<Company>,
    tags: Vec<String>,
}

#[derive(Document)]
#[document(collection = "companies")]
struct Company {
    id: Id<Company>,
    title: String,
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
#[document(shape)]
struct Card {
    title: String,
    next: i32,
}

fn main() {
    let _ = Pipeline::<User>::new().group_by(User.age, |g| AgeStatsGroup { users: g.count(), names: g.push(User.name) }).filter(AgeStats.user.gt(1));
    let _ = Pipeline::<User>::new().group_by(User.agee, |g| (g.count(),));
}
