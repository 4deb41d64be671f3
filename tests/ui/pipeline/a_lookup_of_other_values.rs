//! A lookup takes keys of one type, or a pipeline on the other collection.
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

fn main() {
    let _ = Pipeline::<User>::new().lookup(User.company, Item.sku);
    let _ = Pipeline::<User>::new().lookup_into(User.company, Company.id, User.tags);
    let _ = Pipeline::<User>::new().lookup_pipeline(|user| Pipeline::<Company>::new().filter(Company.size.expr().gt(user.value(Company.size)).into()));
    let _ = Pipeline::<User>::new().lookup_pipeline(|user| Pipeline::<Company>::new().filter(Company.size.gt(user.value(User.age))));
    let _ = Pipeline::<User>::new().lookup_pipeline(|user| Company.size.gt(1));
    let _ = Pipeline::<User>::new().lookup_pipeline(|user| Pipeline::<Company>::new().filter(Company.size.expr().gt(User.age).into()));
    let _ = Pipeline::<User>::new().lookup_pipeline(|user| Pipeline::<Company>::new().filter(Company.size.expr().gt(user.value(User.age))));
}
