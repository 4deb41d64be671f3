//! No BSON type holds every `u64`.
// covers: C10

use odmium::prelude::*;


#[derive(Document)]
#[document(collection = "files")]
struct File {
    id: Id<File>,
    size: u64,
    blocks: Option<usize>,
    hash: u128,
}

fn uses() -> Filter<File> {
    File.size.eq(5)
}

fn main() {}
