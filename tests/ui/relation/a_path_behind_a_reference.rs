//! The document behind a reference is in another collection.
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
    let _ = Post.author.name.eq("Ann");
    let _ = User.company.title.set("x");
    let _ = Post.author.name.asc();
    let _ = Post.author.nam.asc();
}
