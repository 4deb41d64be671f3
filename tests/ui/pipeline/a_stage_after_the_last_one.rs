//! A stage after the last one.
// covers: C4

use odmium::{
    Collection,
    pipeline::{Merge, Pipeline},
    prelude::*,
};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    age: i32,
}

async fn run(users: Collection<User>) -> odmium::Result<()> {
    let _ = Pipeline::<User>::new().out().limit(1);
    users.aggregate().merge(Merge::new()).filter(User.age.gt(1)).await?;
    let _ = Pipeline::<User>::new().then(Pipeline::<User>::new().out_to("others"));
    Ok(())
}

fn main() {}
