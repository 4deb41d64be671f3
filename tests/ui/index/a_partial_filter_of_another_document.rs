//! A partial filter is about the model.
// covers: C4

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    title: String,
}

#[derive(Document)]
#[document(collection = "users", index(name, partial = Post.title.eq("x")))]
struct User {
    id: Id<User>,
    name: String,
}

fn main() {}
