//! Serde conversions are not used for storing.
// covers: C10

use odmium::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
struct Plain {
    name: String,
}

#[derive(Embedded, Clone, Serialize, Deserialize)]
#[serde(from = "Plain", into = "Plain")]
struct User {
    name: String,
}

impl From<Plain> for User {
    fn from(it: Plain) -> Self {
        User { name: it.name }
    }
}

impl From<User> for Plain {
    fn from(it: User) -> Self {
        Plain { name: it.name }
    }
}

#[derive(Embedded, Serialize, Deserialize)]
#[serde(transparent)]
struct Name {
    text: String,
}

#[derive(Embedded, Serialize, Deserialize)]
#[serde(tag = "type")]
struct Tagged {
    text: String,
}

fn main() {}
