//! A reference is made of an id of its model.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    company: Option<Ref<Company>>,
    lines: Vec<Line>,
}

#[derive(Embedded)]
struct Line {
    product: Ref<Company>,
}

#[derive(Document)]
#[document(collection = "companies")]
struct Company {
    id: Id<Company>,
    title: String,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    title: String,
    author: Ref<User>,
    tags: Vec<Ref<Tag>>,
}

#[derive(Document)]
#[document(collection = "tags")]
struct Tag {
    id: i32,
    label: String,
}

fn main() {
    let _: Ref<User> = Id::<User>::new();
    let _: Ref<User> = Id::<Company>::new();
    let _ = Ref::<Company>::new(Id::<User>::new());
    let _ = Post.author.eq("abc");
}
