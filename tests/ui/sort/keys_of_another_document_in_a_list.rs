//! Keys that are known at run time belong to a document type as well.
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

fn uses(users: odmium::Collection<User>, newest: bool) {
    let keys = vec![Post.title.asc()];
    let _ = users.find(Filter::everything()).sort(keys);
    let _ = users.find(Filter::everything()).sort(newest.then(|| Post.id.desc()));
}

fn main() {}
