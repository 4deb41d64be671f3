//! GridFS in sessions and transactions.

use odmium::{Database, bson::Document, dev, prelude::*};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use super::{chunks, content};

// covers: M52
#[odmium::test]
async fn every_call_takes_part_in_a_transaction(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let outside = db.bucket::<Document>();
    let bucket = client.database(db.name()).bucket::<Document>();
    outside.upload_from("old", &b"old"[..]).await?;
    let bytes = content(10 << 20);
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    let s = &mut session;

    let id = bucket.upload_from("f", &bytes[..]).id(1).session(s).await?;
    let mut upload = bucket.open_upload_stream("g").chunk_size(1000).session(s).await?;
    AsyncWriteExt::write_all(&mut upload, &bytes).await.unwrap();
    upload.flush().await.unwrap();
    upload.close().await?;
    upload.set("shelf", 1).await?;
    drop(upload);
    let mut aborted = bucket.open_upload_stream("h").session(s).await?;
    aborted.write_all(&bytes).await?;
    aborted.abort().await?;
    drop(aborted);

    let mut download = bucket.open_download_stream(id.clone()).session(s).await?;
    assert_eq!(download.read_bytes(5).await?, &bytes[..5]);
    download.seek(std::io::SeekFrom::End(-3)).await.unwrap();
    assert_eq!(download.read_bytes(5).await?, &bytes[bytes.len() - 3..]);
    download.set_position(0);
    assert!(download.read_all().await? == bytes);
    drop(download);
    let mut copy = Vec::new();
    bucket.download_to_by_name("g", &mut copy).session(s).await?;
    assert!(copy == bytes);
    bucket.rename(id, "ff").session(s).await?;
    bucket.rename_by_name("ff", "fff").session(s).await?;
    bucket.delete_by_name("old").session(s).await?;
    let names = bucket.find(Filter::everything()).sort(bucket.fields().filename.asc()).session(s).await?;
    let names: Vec<_> = names.into_iter().filter_map(|file| file.filename).collect();
    assert_eq!(names, ["fff", "g"]);
    bucket.delete(1).session(s).await?;
    assert!(bucket.open_download_stream(1).session(s).await.unwrap_err().is_file_not_found());

    assert_eq!(chunks(&db, &outside).await?, 1, "nothing is visible before the commit");
    assert_eq!(outside.open_download_stream_by_name("old").await?.read_all().await?, b"old");
    session.commit_transaction().await?;
    assert_eq!(chunks(&db, &outside).await?, (bytes.len() as u64).div_ceil(1000));
    assert!(outside.open_download_stream_by_name("g").await?.read_all().await? == bytes);
    bucket.drop().session(&mut session).await?;
    Ok(())
}

// covers: M52
#[odmium::test]
async fn an_aborted_transaction_leaves_no_file_and_no_chunk(db: Database) -> odmium::Result<()> {
    let client = dev::client().await?;
    let bucket = client.database(db.name()).bucket::<Document>();
    let mut session = client.start_session().await?;
    session.start_transaction().await?;
    bucket.upload_from("f", &content(1 << 20)[..]).session(&mut session).await?;
    session.abort_transaction().await?;
    assert_eq!(chunks(&db, &bucket).await?, 0);
    assert!(bucket.open_download_stream_by_name("f").await.unwrap_err().is_file_not_found());
    Ok(())
}
