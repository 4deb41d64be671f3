//! Uploads a file step by step.

use odmium::{
    Database, Result,
    bson::{Bson, Document},
};
use odmium_tests::content::content;
use tokio::io::AsyncWriteExt;

use crate::step;

/// With an `_id` of its own unless that is empty.
pub(crate) async fn run(db: Database, id: &str, length: &str) -> Result<()> {
    let bytes = content(length.parse().unwrap());
    let open = db.bucket::<Document>().open_upload_stream("file");
    let open = if id.is_empty() { open } else { open.id(Bson::from(id)) };
    let mut upload = open.await?;
    step("opened").await;
    let (first, second) = bytes.split_at(bytes.len() / 2);
    upload.write_all(first).await?;
    // All chunks that are full.
    upload.flush().await.unwrap();
    step("stored").await;
    upload.write_all(second).await?;
    step("written").await;
    upload.close().await?;
    step("closed").await;
    Ok(())
}
