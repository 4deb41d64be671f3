//! Keys of two types.
// covers: C8

use odmium::{pipeline::Pipeline, prelude::*};

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

fn main() {
    let _ = Pipeline::<Post>::new().lookup_one(Post.author, Company.id);
    let _ = Pipeline::<Post>::new().lookup(Post.tags, User.id);
    let _ = Relation::on(Post.title, Tag.id);
    let _ = Post.author.eq(Id::<Company>::new());
}
