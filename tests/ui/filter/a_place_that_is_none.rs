//! Places are fields that hold one; `near` needs an index.
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
    let _ = User.name.within_circle([2.35, 48.85], 100.0);
    let _ = User.age.near([2.35, 48.85]);
    let _ = User.place.near([2.35, 48.85]);
    let _ = Post.place.near([2.35, 48.85]);
    let _ = Post.place.intersects("Paris");
}
