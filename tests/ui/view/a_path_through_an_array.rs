//! A path through an array.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    lines: Vec<Line>,
}

#[derive(Embedded)]
struct Line {
    qty: i32,
}

#[derive(View)]
#[view(of = User)]
struct Card {
    #[field(from = lines.qty)]
    quantities: Vec<i32>,
    #[field(expr = User.name.expr().concat("!"))]
    loud: i32,
}

async fn wrong(users: odmium::Collection<User>) {
    let _ = users.find(Filter::everything()).select((User.name, User.lines.qty)).await;
}

fn main() {}
