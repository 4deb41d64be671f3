//! Mistakes do not hide each other.
// covers: C10

use odmium::prelude::*;


#[derive(Document, serde::Serialize)]
#[document(colection = "users", index(email, unknown(name)))]
struct User {
    #[field(renam = "mail")]
    email: String,
    size: u64,
    #[field(rename = "a.b")]
    name: String,
    #[serde(skip_serializing)]
    #[field(id, id)]
    other: i32,
}

fn main() {}
