//! A field that is gone.
// covers: C1, C4

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
    let _ = Pipeline::<User>::new().project(CardShape { title: User.name.expr(), next: User.age + 1 }).sort(User.age.desc());
    let _ = Pipeline::<User>::new().project((User.name, User.age)).filter(User.age.gt(1));
    let _ = Pipeline::<User>::new().count().set(User.age, 1);
}
