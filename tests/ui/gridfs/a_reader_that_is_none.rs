//! Files are read from readers and written to writers.
// covers: M46 M48

use odmium::{gridfs::Bucket, prelude::*};

#[derive(Embedded, Clone, Debug)]
struct Photo {
    owner: String,
    size: i32,
}

async fn f(bucket: Bucket<Photo>) -> odmium::Result<()> {
    let _ = bucket.upload_from("a", "some text");
    let _ = bucket.upload_from("a", vec![1, 2]);
    let _ = bucket.download_to("id", "file.txt");
    Ok(())
}

fn main() {}
