//! A file is open once its action is awaited.
// covers: M47 M49

use odmium::{gridfs::Bucket, prelude::*};

#[derive(Embedded, Clone, Debug)]
struct Photo {
    owner: String,
    size: i32,
}

async fn f(bucket: Bucket<Photo>) -> odmium::Result<()> {
    let mut upload = bucket.open_upload_stream("a");
    upload.write_all(b"x").await?;
    upload.close().await?;
    let mut download = bucket.open_download_stream(1);
    let _ = download.read_all().await?;
    Ok(())
}

fn main() {}
