//! The different values of a document.
// covers: C3

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    home: Address,
    work: Option<Address>,
    tags: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
struct Line {
    qty: i32,
}

async fn wrong(users: odmium::Collection<User>) {
    let _ = users.distinct(User.home, Filter::everything()).await;
    let _: odmium::Result<Vec<String>> = users.distinct(User.age, Filter::everything()).await;
}

fn main() {}
