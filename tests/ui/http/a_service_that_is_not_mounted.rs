//! A service is there to be mounted.
// covers: M54

#![deny(unused_must_use)]

use odmium::{Database, http::Disposition, prelude::*};

#[derive(Embedded, Debug)]
struct Photo {
    owner: String,
}

fn main() {
    let _ = |db: Database| {
        db.bucket::<Photo>().serve();
        db.bucket::<Photo>().serve().disposition(Disposition::Inline);
    };
}
