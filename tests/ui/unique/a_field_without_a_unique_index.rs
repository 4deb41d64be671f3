//! A document is read by a key that no two documents share.
// covers: C9, X2

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(org, nick, unique), index(code, unique, partial = User.age.gte(18)))]
struct User {
    id: Id<User>,
    #[field(index(unique))]
    email: String,
    #[field(index)]
    name: String,
    org: i32,
    nick: String,
    code: String,
    age: i32,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    #[field(index(unique))]
    title: String,
    author: Id<User>,
}

fn uses(users: odmium::Collection<User>) {
    let _ = users.get_by(User.age, 30);
    let _ = users.get_by(User.name, "Ann");
}

fn main() {}
