//! An array that is none.
// covers: C3

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
    let _ = Pipeline::<User>::new().unwind(User.name);
    let _ = Pipeline::<User>::new().unwind_elements(User.tags);
}
