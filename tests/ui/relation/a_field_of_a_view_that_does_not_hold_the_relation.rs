//! A field of a view that does not hold the relation.
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

#[derive(View)]
#[view(of = Company)]
struct CompanyCard {
    id: Id<Company>,
}

#[derive(View)]
#[view(of = Post)]
struct PostPage {
    #[field(with = Post.author)]
    author: Option<CompanyCard>,
}

#[derive(View)]
#[view(of = Post)]
struct Plain {
    #[field(with = Post.author)]
    author: User,
    #[field(with = Post.tags)]
    tags: Option<Tag>,
}

#[derive(View)]
#[view(of = Post)]
struct Wrong {
    #[field(with = User.company)]
    company: Option<Company>,
    #[field(with = Post.author, default)]
    author: Option<User>,
}

fn main() {}
