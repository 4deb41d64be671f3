//! Indexes belong to the outer document.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(index(city), ttl(at, after = "1d"))]
struct Address {
    #[field(index)]
    city: String,
    at: DateTime,
}

fn main() {}
