//! A stored field is written and read.
// covers: C10

use odmium::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Embedded, Serialize, Deserialize)]
struct User {
    #[serde(skip_serializing)]
    password: String,
    #[serde(skip_deserializing)]
    created: String,
}

fn main() {}
