//! Collections and indexes belong to the outer document.
// covers: C10

use odmium::prelude::*;


#[derive(Embedded)]
#[document(collection = "addresses", index(city), ttl(at, after = "1d"))]
struct Address {
    #[field(index)]
    city: String,
    at: DateTime,
}

fn main() {}
