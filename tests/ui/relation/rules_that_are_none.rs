//! Rules for deleting that are none.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    company: Option<Ref<Company>>,
}

#[derive(Document)]
#[document(collection = "companies")]
struct Company {
    id: Id<Company>,
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
}

#[derive(Document)]
#[document(collection = "comments")]
struct Comment {
    id: Id<Comment>,
    post: Ref<Post>,
}

#[derive(Document)]
#[document(collection = "bills")]
struct Bill {
    id: Id<Bill>,
    #[field(on_delete = "ignore")]
    payer: Ref<User>,
    #[field(on_delete)]
    owner: Ref<User>,
}

#[derive(Embedded)]
struct Line {
    #[field(on_delete = "cascade")]
    product: Ref<Tag>,
}

fn main() {}
