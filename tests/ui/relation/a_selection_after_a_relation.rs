//! What is found and read is said before the relations.
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

#[derive(View)]
#[view(of = Post)]
struct Small {
    title: String,
}

async fn f(posts: Collection<Post>) -> odmium::Result<()> {
    posts.find(Filter::everything()).with(Post.author).select_as::<Small>().await?;
    posts.find(Filter::everything()).with(Post.author).filter(Post.title.eq("x")).await?;
    Ok(())
}

fn main() {}
