//! A change stream is open once its action is awaited.
// covers: T22

use odmium::{Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
}

async fn f(users: Collection<User>) -> odmium::Result<()> {
    let mut stream = users.watch();
    while let Some(_) = stream.try_next().await? {}
    while let Some(_) = stream.next().await {}
    let _ = stream.resume_token();
    Ok(())
}

fn main() {}
