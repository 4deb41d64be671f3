//! Conditions on events are made by `Change`.
// covers: T22

use odmium::{Collection, Database, change_stream::Change, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
}

async fn f(users: Collection<User>, db: Database) -> odmium::Result<()> {
    users.watch().filter(User.age.gt(1)).await?;
    users.watch().filter(Change::updated("age")).await?;
    users.watch().filter(Change::inserted() & User.age.gt(1)).await?;
    users.watch().filter(Change::of("abc")).await?;
    db.watch().filter(Change::updated(User.age)).await?;
    users.watch().filter(Change::kinds(["insert"])).await?;
    Ok(())
}

fn main() {}
