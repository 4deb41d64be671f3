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
use odmium_tests::content::content;

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Photo {
    owner: String,
    width: i32,
}

fn photo(owner: &str) -> Photo {
    Photo { owner: owner.to_owned(), width: 800 }
}

async fn chunks<M: odmium::gridfs::Metadata>(db: &Database, bucket: &Bucket<M>) -> odmium::Result<u64> {
    let chunks = db.collection_named::<Document>(&format!("{}.chunks", bucket.name()));
    chunks.count(Filter::everything()).await
}

async fn raw_file(db: &Database) -> odmium::Result<Document> {
    db.collection_named::<Document>("fs.files").find(Filter::raw(doc! {})).one().await
}
