//! The key is a field of the document that the collection holds.
// covers: C4, C9

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
    let _ = users.get_by(Post.title, "x");
    let _ = users.find_or_insert_by((Post.id, Post.title), (Id::new(), "x"), || -> User { todo!() });
}

fn main() {}
