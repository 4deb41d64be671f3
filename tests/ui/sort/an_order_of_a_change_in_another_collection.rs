//! An update of one document by an order takes the order of that document.
// covers: C4

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
    let _ = users.update_one(User.age.gt(1), User.age.inc(1)).sort(Post.title.asc());
    let _ = users.find_one_and_update(User.age.gt(1), User.age.inc(1)).sort((User.age.asc(), Post.id.asc()));
}

fn main() {}
