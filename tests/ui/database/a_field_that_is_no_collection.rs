//! A field that is no collection, and the uses of the struct all the same.
// covers: T18

use odmium::{Client, Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
}

#[derive(Database)]
struct Shop {
    users: Collection<User>,
    name: String,
}

#[derive(Database)]
struct Plain {
    user: User,
}

fn main() {
    let _ = |client: Client| Shop::open(&client).map(|shop| shop.sync());
}
