//! Renames, aliases and rules meet.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users", rename_all = "camelCase")]
struct User {
    id: Id<User>,
    #[field(rename = "name")]
    first: String,
    name: String,
    created_at: DateTime,
    #[allow(non_snake_case)]
    createdAt: DateTime,
    #[field(alias = "id", alias = "mail")]
    email: String,
    mail: String,
    #[field(alias = "age")]
    age: i32,
}

fn main() {}
