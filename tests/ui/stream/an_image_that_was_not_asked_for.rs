//! The document before or after a change is there only when the stream asks for it.
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
    let mut stream = users.watch().full_document().await?;
    if let Some(Event::Updated { document, before, .. }) = stream.try_next().await? {
        let age = document.map(|user| user.age);
        let old = before.age;
    }
    if let Some(Event::Deleted { before: Some(user), .. }) = stream.try_next().await? {
        let user: User = user;
    }
    Ok(())
}

fn main() {}
