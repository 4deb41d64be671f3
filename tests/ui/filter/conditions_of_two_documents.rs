//! Conditions that are joined are about one document.
// covers: C4

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    score: f64,
    active: bool,
    role: Role,
    nick: Option<String>,
    address: Address,
    items: Vec<Item>,
    tags: Vec<String>,
    place: [f64; 2],
}

#[derive(Embedded)]
enum Role {
    Admin,
    Guest,
}

#[derive(Embedded)]
enum Color {
    Red,
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
    #[field(index(sphere))]
    place: Option<[f64; 2]>,
    #[field(index(text))]
    body: String,
}

fn main() {
    let _ = User.age.gt(18) & Post.title.eq("x");
    let _ = User.age.gt(18) | Item.sku.eq("x");
    let _ = Filter::all([User.age.gt(18), Post.title.eq("x")]);
}
