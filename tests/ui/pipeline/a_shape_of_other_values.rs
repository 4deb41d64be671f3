//! A shape takes expressions of its fields' types.
// covers: C1 C4

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    company: Id<Company>,
    boss: Option<Id<User>>,
    tags: Vec<String>,
    address: Address,
    work: Option<Address>,
    items: Vec<Item>,
    score: Option<f64>,
    rank: Option<i32>,
}

#[derive(Embedded)]
struct Address {
    city: String,
    floor: Option<i32>,
}

#[derive(Embedded)]
struct Item {
    sku: String,
    qty: i32,
}

#[derive(Document)]
#[document(collection = "companies")]
struct Company {
    id: Id<Company>,
    title: String,
    size: i32,
}

#[derive(Embedded)]
#[document(shape)]
struct Card {
    title: String,
    next: i32,
}

#[derive(Embedded)]
#[document(shape)]
struct Aged {
    #[field(flatten)]
    user: User,
    next: i32,
}

fn main() {
    let _ = Pipeline::<User>::new().project(User.name);
    let _ = Pipeline::<User>::new().project(CardShape { title: User.name, next: User.age + 1 });
    let _ = Pipeline::<User>::new().project(CardShape { title: "x", next: 1 });
    let _ = Pipeline::<User>::new().project(AgedShape { next: User.age + 1 });
    let _ = Pipeline::<User>::new().project(CardShape { title: User.nick.expr(), next: User.age + 1 });
    let _ = Pipeline::<User>::new().project((User.name, Company.title));
}
