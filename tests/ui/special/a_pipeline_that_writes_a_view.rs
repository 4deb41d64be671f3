//! No pipeline writes into a view.
// covers: T20 C1

use odmium::{pipeline::Merge, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    age: i32,
}

#[derive(Document)]
#[document(collection = "adults", create(view(adults())))]
struct Adult {
    id: Id<User>,
    age: i32,
}

fn adults() -> Pipeline<User, Adult> {
    Pipeline::<User>::new().filter(User.age.gte(18)).raw_stages([])
}

fn main() {
    let _ = adults().merge(Merge::new());
    let _ = adults().out();
}
