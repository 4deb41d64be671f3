//! A value is one of the field's type.
// covers: C2

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
    let post: Id<Post> = Id::new();
    let none: Option<&str> = None;
    let _ = User.id.eq(post);
    let _ = User.role.eq(Color::Red);
    let _ = User.role.eq("Admin");
    let _ = User.tags.any_value(|tag| tag.gt(5));
    let _ = User.nick.eq(none);
    let _ = User.age.is_type("int");
}
