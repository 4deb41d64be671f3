//! Models that do not fit the enum of their collection.
// covers: T19

use odmium::prelude::*;

#[derive(Document)]
#[document(collection = "events", tag = "kind", common(at: DateTime))]
enum Event {
    Click(Click),
    OtherId(OtherId),
    OtherField(OtherField),
    OtherKey(OtherKey),
    OwnCollection(OwnCollection),
    Part(Part),
    Tagged(Tagged),
    #[document(other)]
    Rest(Part),
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Click {
    id: i32,
    at: DateTime,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct OtherId {
    id: String,
    at: DateTime,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct OtherField {
    id: i32,
    at: i64,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct OtherKey {
    id: i32,
    #[field(rename = "when")]
    at: DateTime,
}

#[derive(Document)]
#[document(collection = "events")]
struct OwnCollection {
    id: i32,
    at: DateTime,
}

#[derive(Embedded)]
struct Part {
    at: DateTime,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Tagged {
    id: i32,
    at: DateTime,
    kind: String,
}

#[derive(Document)]
#[document(variant_of = Event)]
struct Forgotten {
    id: i32,
    at: DateTime,
}

fn main() {}
