//! No dots, no dollar in front, not empty, no NUL.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    #[field(rename = "$name")]
    a: i32,
    #[field(rename = "a.b")]
    b: i32,
    #[field(rename = "")]
    c: i32,
    #[field(rename = "d\0")]
    d: i32,
    #[field(alias = "old.name")]
    e: i32,
}

#[derive(Embedded)]
#[document(tag = "$kind")]
enum Payment {
    Card { last4: String },
}

fn main() {}
