//! A field that is private elsewhere.
// covers: C12

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

mod models {
    use odmium::prelude::*;

    #[derive(Document)]
    #[document(collection = "secrets")]
    pub struct Secret {
        pub id: i32,
        word: String,
    }
}

#[derive(View)]
#[view(of = models::Secret)]
struct Card {
    id: i32,
    word: String,
}

fn main() {}
