//! Filters, sort orders and updates belong to a document type.
// covers: C4

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

fn uses(users: odmium::Collection<User>) {
    let _ = users.find(Post.title.eq("x"));
    let _ = users.delete_many(User.age.gt(1) & Post.title.eq("x"));
    let _ = users.find(Filter::everything()).sort(Post.title.asc());
    let _ = users.find(Filter::everything()).sort((User.age.asc(), Post.title.asc()));
    let _ = users.update_one(Filter::everything(), Post.title.set("x"));
    let _ = users.update_one(Filter::everything(), (User.age.inc(1), Post.title.set("x")));
}

fn main() {}
