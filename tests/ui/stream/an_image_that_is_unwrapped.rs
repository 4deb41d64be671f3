//! What was not asked for is no `Option`.
// covers: T22

use odmium::{Collection, change_stream::Event, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
}

async fn f(users: Collection<User>) -> odmium::Result<()> {
    let mut stream = users.watch().await?;
    while let Some(event) = stream.try_next().await? {
        match event {
            Event::Updated { document, .. } => drop(document.unwrap()),
            Event::Replaced { before, .. } => drop(before.map(|user: User| user.name)),
            Event::Deleted { before, .. } => drop(before.name),
            _ => {}
        }
    }
    Ok(())
}

fn main() {}
