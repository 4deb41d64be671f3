//! A relation is a path to a reference, and each stands in a `with` of its own.
// covers: C7

use odmium::{Collection, prelude::*};

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

async fn f(posts: Collection<Post>, users: Collection<User>) -> odmium::Result<()> {
    posts.find(Filter::everything()).with(Post.title).await?;
    posts.find(Filter::everything()).with("author").await?;
    posts.find(Filter::everything()).with((Post.author, Post.tags)).await?;
    users.find(Filter::everything()).with(User.lines.product).await?;
    posts.find(Filter::everything()).with(Relation::on(Tag.label, Post.title)).await?;
    users.find(Filter::everything()).with_many(Post.title).await?;
    posts.find(Filter::everything()).with_many(Post.author).await?;
    Ok(())
}

fn main() {}
