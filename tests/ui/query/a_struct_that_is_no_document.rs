//! Collections hold documents.
// covers: C14

use odmium::prelude::*;


struct Plain;

#[derive(Embedded)]
struct Address {
    city: String,
}

fn uses(db: odmium::Database) {
    let _ = db.collection::<Plain>();
    let _ = db.collection::<Address>();
}

fn main() {}
