//! A stored enum has all of its variants.
// covers: C10

use odmium::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Embedded, Serialize, Deserialize)]
enum Role {
    Guest,
    #[serde(skip)]
    Secret,
    #[serde(other)]
    Unknown,
}

fn main() {}
