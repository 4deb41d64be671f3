//! A bucket becomes a service by `serve`.
// covers: M54

#![deny(unused_must_use)]

use odmium::{Database, prelude::*};

#[derive(Embedded, Debug)]
struct Photo {
    owner: String,
}

fn main() {
    let _ = |db: Database| axum::Router::<()>::new().nest_service("/photos", db.bucket::<Photo>());
}
