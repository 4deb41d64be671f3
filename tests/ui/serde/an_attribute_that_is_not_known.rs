//! New attributes are not passed over.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded, serde::Serialize)]
struct User {
    #[serde(future)]
    name: String,
}

fn main() {}
