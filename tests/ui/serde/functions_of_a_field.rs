//! Serde functions do not write BSON.
// covers: C10

use odmium::prelude::*;
use serde::{Deserialize, Serialize};

mod text {
    pub fn serialize<S: serde::Serializer>(_: &str, _: S) -> Result<S::Ok, S::Error> {
        unimplemented!()
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<String, D::Error> {
        unimplemented!()
    }
}

#[derive(Embedded, Serialize, Deserialize)]
struct User {
    #[serde(with = "text")]
    a: String,
    #[serde(serialize_with = "text::serialize", deserialize_with = "text::deserialize")]
    b: String,
}

fn main() {}
