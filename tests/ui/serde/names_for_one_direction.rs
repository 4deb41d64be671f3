//! A stored document has one name for a field.
// covers: C10

use odmium::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Embedded, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase", deserialize = "snake_case"))]
struct User {
    #[serde(rename(serialize = "mail"))]
    email: String,
}

#[derive(Embedded, Serialize, Deserialize)]
enum Role {
    #[serde(rename(deserialize = "visitor"))]
    Guest,
}

fn main() {}
