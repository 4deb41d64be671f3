//! `with` names a module with `encode` and `decode`.
// covers: C14

use odmium::prelude::*;


mod text {}

#[derive(Embedded)]
struct User {
    #[field(with = text)]
    name: String,
}

fn main() {}
