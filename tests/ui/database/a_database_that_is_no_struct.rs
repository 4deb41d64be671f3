//! What cannot hold collections.
// covers: T18

use odmium::{Client, Collection, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
}

#[derive(Database)]
enum Shop {
    Users(Collection<User>),
}

#[derive(Database)]
struct Tuple(Collection<User>);

#[derive(Database)]
struct Empty {}

#[derive(Database)]
struct Generic<D> {
    users: Collection<D>,
}

fn main() {
    let _ = |client: Client| Shop::open(&client);
}
