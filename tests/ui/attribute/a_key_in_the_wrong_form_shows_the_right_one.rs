//! Flags, values and lists are told apart.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = users, deny_unknown = true, index = "email", rename_all(camelCase))]
struct User {
    id: Id<User>,
    #[field(rename("mail"))]
    email: String,
    #[field(skip = true)]
    cached: i32,
    #[field(default(5))]
    tries: i32,
    #[field(as = "i64")]
    total: u64,
    #[field(alias = old)]
    name: String,
    #[field(with = "module")]
    file: String,
}

fn main() {}
