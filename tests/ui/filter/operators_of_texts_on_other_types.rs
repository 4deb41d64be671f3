//! Patterns are for texts.
// covers: C3

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
    let _ = User.age.matches("^1", "");
    let _ = User.active.starts_with("t");
    let _ = User.score.contains("1");
    let _ = User.tags.matches_any(["^a"]);
}
