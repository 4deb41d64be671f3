//! Conditions on events belong to a document type.
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

fn uses(users: odmium::Collection<User>) {
    let _ = users.watch().filter(Change::updated(Post.title));
    let _ = users.watch().filter(Change::inserted() & Change::document(Post.title.eq("x")));
    let _ = users.watch().filter(Change::of(Id::<Post>::new()));
}

fn main() {}
