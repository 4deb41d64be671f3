//! Two models with one name of a collection.
// covers: T18

use odmium::{Collection, bson, prelude::*};

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
}

#[derive(Document)]
#[document(collection = "users")]
struct Member {
    id: Id<Member>,
}

#[derive(Database)]
struct Shop {
    users: Collection<User>,
    same: Collection<User>,
    members: Collection<Member>,
}

#[derive(Database)]
struct Nameless {
    documents: Collection<bson::Document>,
}

fn main() {}
