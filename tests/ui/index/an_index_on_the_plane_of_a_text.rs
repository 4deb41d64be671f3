//! An index on the plane holds pairs of coordinates.
// covers: C3

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "users", index(flat(place)))]
struct User {
    id: Id<User>,
    #[field(index(flat))]
    name: String,
    place: Place,
}

#[derive(Embedded)]
struct Place {
    coordinates: [f64; 2],
}

fn main() {}
