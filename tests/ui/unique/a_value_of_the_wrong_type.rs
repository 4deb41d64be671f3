//! The value has the type of the key.
// covers: C2, C9

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
    let _ = users.get_by(User.email, 5);
    let _ = users.get_by((User.org, User.nick), (7, 8));
    let _ = users.upsert_by(User.id, Id::<Post>::new(), User.age.inc(1));
}

fn main() {}
