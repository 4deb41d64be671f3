//! The keys of a document are the names of fields.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "pairs")]
struct Pair(i32, i32);

#[derive(Embedded)]
struct Marker;

fn uses(pairs: odmium::Collection<Pair>, pair: Pair) {
    let _ = pairs.insert(&pair);
    let _ = pairs.find(Filter::everything());
    let _ = pairs.sync_indexes();
}

fn main() {}
