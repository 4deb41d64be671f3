//! An event names the elements of arrays by number: a path through an array is none of its fields.
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
    let mut stream = users.watch().filter(Change::updated(User.items.sku)).await?;
    if let Some(Event::Updated { changes, .. }) = stream.try_next().await? {
        let sku: Option<String> = changes.get(User.items.at(0).sku)?;
        changes.get(User.items.sku)?;
        changes.get(User.items.each().sku)?;
        changes.get(Post.title)?;
    }
    Ok(())
}

fn main() {}
