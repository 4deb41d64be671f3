//! A stored enum has a tag among its keys.
// covers: C10

use odmium::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Embedded, Serialize, Deserialize)]
#[serde(untagged)]
enum Payment {
    Card { last4: String },
}

#[derive(Embedded, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
enum Shape {
    Circle { radius: f64 },
}

fn main() {}
