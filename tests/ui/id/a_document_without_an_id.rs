//! Every document has an `_id`.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
struct User {
    name: String,
}

fn uses(users: odmium::Collection<User>, id: Id<User>) {
    let _ = users.get(id);
    let _ = users.find(User.name.eq("Ann")).sort(User.name.asc());
}

fn main() {}
