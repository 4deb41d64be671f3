//! An `Id<Post>` is no `Id<User>`.
// covers: C2

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    score: i64,
    active: bool,
    address: Address,
    work: Option<Address>,
    items: Vec<Item>,
    tags: Vec<String>,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
struct Item {
    sku: String,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    author: Id<User>,
    title: String,
}

fn by_id(post: Id<Post>) -> Filter<User> {
    User.id.eq(post)
}

fn by_author(post: Id<Post>) -> Filter<Post> {
    Post.author.eq(post)
}

fn get(users: odmium::Collection<User>, post: Id<Post>) {
    let _ = users.get(post);
}

fn main() {}
