//! An action has no documents before it is awaited.

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
}

async fn f(users: Collection<User>) -> odmium::Result<()> {
    for _ in users.find(User.age.gt(1)) {}
    let _ = users.find(User.age.gt(1)).limit(3).len();
    while let Some(_) = users.find(User.age.gt(1)).try_next().await? {}
    let _ = users.find_one(User.age.gt(1))?;
    let mut cursor = users.find(User.age.gt(1)).cursor();
    while let Some(_) = cursor.try_next().await? {}
    let _: User = users.find_one(User.age.gt(1)).await?;
    Ok(())
}

fn main() {}
