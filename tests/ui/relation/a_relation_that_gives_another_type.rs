//! A relation that gives another type.
// covers: C7

use odmium::{Collection, prelude::*};

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

async fn run(posts: Collection<Post>) -> odmium::Result<()> {
    let _: Vec<(Post, Option<Company>)> = posts.find(Filter::everything()).with(Post.author).await?;
    let _: Vec<(Post, User)> = posts.find(Filter::everything()).with(Post.author).await?;
    let _: Vec<(Post, Option<Tag>)> = posts.find(Filter::everything()).with(Post.tags).await?;
    Ok(())
}

fn main() {}
