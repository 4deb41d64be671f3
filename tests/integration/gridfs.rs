//! GridFS against a real server.

mod damage;
mod download;
mod failures;
mod files;
mod others;
mod sessions;
mod spec;
mod upload;

use odmium::{
    Database,
    bson::{Document, doc},
    gridfs::Bucket,
    prelude::*,
};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Photo {
    owner: String,
    width: i32,
}

fn photo(owner: &str) -> Photo {
    Photo { owner: owner.to_owned(), width: 800 }
}

/// Bytes that differ from place to place.
fn content(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

async fn chunks<M: odmium::gridfs::Metadata>(db: &Database, bucket: &Bucket<M>) -> odmium::Result<u64> {
    let chunks = db.collection_named::<Document>(&format!("{}.chunks", bucket.name()));
    chunks.count(Filter::everything()).await
}

async fn raw_file(db: &Database) -> odmium::Result<Document> {
    db.collection_named::<Document>("fs.files").find(Filter::raw(doc! {})).one().await
}
