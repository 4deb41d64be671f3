//! A view of another model.
// covers: C7

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    name: String,
    age: i32,
    nick: Option<String>,
    home: Address,
    work: Option<Address>,
    tags: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Embedded)]
struct Address {
    city: String,
}

#[derive(Embedded)]
struct Line {
    qty: i32,
}

#[derive(Document)]
#[document(collection = "posts")]
struct Post {
    id: Id<Post>,
    title: String,
}

#[derive(View)]
#[view(of = Post)]
struct Headline {
    title: String,
}

#[derive(View)]
#[view(of = User)]
struct Card {
    home: Headline,
}

async fn wrong(users: odmium::Collection<User>) {
    let _ = users.find(Filter::everything()).select_as::<Headline>().await;
    let _ = users.get(Id::new()).select_as::<User>().await;
    let _ = users.find(Filter::everything()).select(Post.title).await;
    let _ = users.find(Filter::everything()).select((User.name, Post.title)).await;
}

fn main() {}
