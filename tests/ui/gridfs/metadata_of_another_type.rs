//! The metadata of a file has the type of its bucket.
// covers: T22 M46

use odmium::{Database, bson::doc, gridfs::Bucket, prelude::*};

#[derive(Embedded, Clone, Debug)]
struct Photo {
    owner: String,
    size: i32,
}

struct Plain;

async fn f(db: Database, bucket: Bucket<Photo>) -> odmium::Result<()> {
    bucket.open_upload_stream("a").metadata(doc! { "owner": "x" }).await?;
    bucket.upload_from("a", &b"x"[..]).metadata("x").await?;
    bucket.find(Photo.owner.eq("x")).await?;
    bucket.find(bucket.fields().metadata.ownr.eq("x")).await?;
    let _ = db.bucket::<String>();
    let _ = db.bucket::<Plain>();
    Ok(())
}

fn without_a_type(db: Database) {
    let _ = db.bucket();
}

fn main() {}
