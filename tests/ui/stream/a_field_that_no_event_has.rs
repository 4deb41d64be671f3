//! A field that was renamed or removed is found in the conditions and changes of streams.
// covers: T22
use odmium::{
    change_stream::{Change, Event},
    prelude::*,
};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    email: String,
    age: i32,
    items: Vec<Item>,
    work: Option<Item>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    title: String,
}

async fn uses(users: odmium::Collection<User>) -> odmium::Result<()> {
    let mut stream = users.watch().filter(Change::updated(User.emial)).await?;
    if let Some(Event::Updated { changes, .. }) = stream.try_next().await? {
        changes.get(User.agee)?;
        changes.removed(User.work.sko);
    }
    Ok(())
}

fn main() {}
