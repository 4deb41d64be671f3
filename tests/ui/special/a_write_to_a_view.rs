//! A view is read only.
// covers: T20

use odmium::{Collection, Transaction, action::Write, pipeline::Pipeline, prelude::*};

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
    let _ = |adults: Collection<Adult>, adult: Adult| {
        let _ = adults.find(Adult.age.gt(20));
        let _ = adults.insert(&adult);
        let _ = adults.update_many(Adult.age.gt(20), Adult.age.inc(1));
        let _ = adults.delete_all();
        let _ = Write::delete_one(Adult.age.gt(20));
    };
    let _ = |tx: &mut Transaction| drop(tx.collection::<Adult>().delete_all());
}
