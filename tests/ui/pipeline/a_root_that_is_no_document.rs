//! Only a document within can take the place of the document.
// covers: C1

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

fn main() {
    let _ = Pipeline::<User>::new().replace_root(User.name);
    let _ = Pipeline::<User>::new().replace_with(User.items);
    let _ = Pipeline::<User>::new().replace_with(User.address).filter(User.age.gt(1));
}
