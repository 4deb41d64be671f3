//! What is left when something fails.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use odmium::{
    Client, Database,
    bson::{Document, doc},
    dev::Server,
    gridfs::Bucket,
    prelude::*,
};
use odmium_tests::wait::eventually;
use tokio::io::{AsyncRead, ReadBuf};

use super::{chunks, content};

/// Waits until the background clean-up has removed every chunk.
async fn assert_clean(db: &Database, bucket: &Bucket<Document>) -> odmium::Result<()> {
    // Once is not enough: what was under way may arrive yet.
    eventually("no chunk is left", 10, async || Ok(chunks(db, bucket).await? == 0)).await?;
    assert_eq!(bucket.files().count(Filter::everything()).await?, 0);
    Ok(())
}

/// A source that fails at some point, or never goes on.
struct Broken {
    left: usize,
    hangs: bool,
}

impl AsyncRead for Broken {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = buffer.remaining().min(self.left);
        match count {
            0 if self.hangs => return Poll::Pending,
            0 => return Poll::Ready(Err(io::Error::other("the cable was cut"))),
            _ => buffer.put_slice(&vec![1; count]),
        }
        self.left -= count;
        Poll::Ready(Ok(()))
    }
}

// covers: M47
#[odmium::test]
async fn whatever_ends_an_upload_early_leaves_nothing(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    for length in [0, 1000, 5 << 20, 20 << 20] {
        for id in [None, Some(7)] {
            let open = || match id {
                Some(id) => bucket.open_upload_stream("f").id(id),
                None => bucket.open_upload_stream("f"),
            };
            let mut upload = open().await?;
            upload.write_all(&content(length)).await?;
            upload.abort().await?;
            upload.abort().await?;
            assert_eq!(chunks(&db, &bucket).await?, 0, "abort after {length}");
            assert!(upload.close().await.unwrap_err().is_argument());
            assert!(upload.write_all(b"x").await.unwrap_err().is_argument());
            assert!(upload.set("a", 1).await.unwrap_err().is_argument());

            let mut upload = open().await?;
            upload.write_all(&content(length)).await?;
            drop(upload);
            assert_clean(&db, &bucket).await?;
        }
        let broken = |hangs| Broken { left: length, hangs };
        let error = bucket.upload_from("f", broken(false)).await.unwrap_err();
        assert!(error.is_io() && error.to_string().contains("the cable was cut"), "{error:?}");
        assert_eq!(chunks(&db, &bucket).await?, 0, "broken source after {length}");
        let wait = Duration::from_millis(100);
        let hanging = tokio::time::timeout(wait, bucket.upload_from("f", broken(true)).into_future()).await;
        assert!(hanging.is_err());
        assert_clean(&db, &bucket).await?;
    }
    Ok(())
}

// covers: M46
#[odmium::test]
async fn an_id_that_is_taken_harms_nobody(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    for (id, first, second) in [(1, 6 << 20, 9 << 20), (2, 0, 9 << 20), (3, 6 << 20, 0)] {
        let bytes = content(first);
        bucket.upload_from("first", &bytes[..]).id(id).await?;
        let error = bucket.upload_from("second", &content(second)[..]).id(id).await.unwrap_err();
        assert!(error.is_duplicate_key() || error.is_write(), "{error:?}");
        let expected = bytes.len().div_ceil(255 * 1024) as u64;
        let removed = async || Ok(chunks(&db, &bucket).await? == expected);
        eventually("the chunks of the second are removed", 1, removed).await?;
        assert!(bucket.open_download_stream(id).await?.read_all().await? == bytes);
        bucket.delete(id).await?;
    }
    Ok(())
}

#[odmium::test]
async fn a_refused_chunk_fails_the_upload(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    db.run_command(doc! { "create": "fs.chunks", "validator": { "n": { "$lt": 30 } } }).await?;
    let error = bucket.upload_from("f", &content(20 << 20)[..]).await.unwrap_err();
    assert!(error.is_write(), "{error:?}");
    assert_clean(&db, &bucket).await?;
    db.run_command(doc! { "create": "fs.files", "validator": { "length": { "$lt": 10 } } }).await.ok();
    db.run_command(doc! { "collMod": "fs.files", "validator": { "length": { "$lt": 10 } } }).await?;
    let mut upload = bucket.open_upload_stream("f").await?;
    upload.write_all(&content(1000)).await?;
    assert!(upload.close().await.unwrap_err().is_write());
    assert!(upload.close().await.unwrap_err().is_argument());
    assert_clean(&db, &bucket).await
}

// covers: X4
#[tokio::test]
async fn a_fast_writer_waits_for_a_slow_server() -> odmium::Result<()> {
    let server = Server::builder().arg("--setParameter=enableTestCommands=1").start().await?;
    let slow = Client::connect(server.uri()).await?;
    let db = slow.database("failures");
    let bucket = db.bucket::<Document>();
    let mut upload = bucket.open_upload_stream("f").await?;
    let fail_point = |mode: &str| {
        let data = doc! { "failCommands": ["insert"], "blockConnection": true, "blockTimeMS": 3000 };
        let command = doc! { "configureFailPoint": "failCommand", "mode": mode, "data": data };
        let admin = slow.database("admin");
        async move { admin.run_command(command).await }
    };
    fail_point("alwaysOn").await?;
    let bytes = content(1 << 20);
    let written = tokio::time::timeout(Duration::from_millis(1000), async {
        for _ in 0..40 {
            upload.write_all(&bytes).await.unwrap();
        }
    })
    .await;
    fail_point("off").await?;
    assert!(written.is_err(), "the writer did not wait");
    // Three messages are under way, and the fourth is full.
    assert!((8 << 20..=9 << 20).contains(&upload.length()), "{} bytes were taken", upload.length());
    upload.abort().await?;
    assert_eq!(chunks(&db, &bucket).await?, 0);
    server.stop().await
}

// covers: M47, M53
#[tokio::test]
async fn a_server_that_is_killed_leaves_no_file_in_part() -> odmium::Result<()> {
    let server = Server::builder().durable(true).start().await?;
    let uri = format!("{}&serverSelectionTimeoutMS=300&heartbeatFrequencyMS=500", server.uri());
    let db = Client::connect(&uri).await?.database("failures");
    let bucket = db.bucket::<Document>();
    let kept = content(9 << 20);
    let id = bucket.upload_from("kept", &kept[..]).await?;

    let mut download = bucket.open_download_stream(id.clone()).await?;
    assert_eq!(download.read_bytes(100).await?, &kept[..100]);
    let mut upload = bucket.open_upload_stream("lost").await?;
    upload.write_all(&content(9 << 20)).await?;
    server.kill_node(0).await?;
    let bytes = content(8 << 20);
    let written = async {
        for _ in 0..10 {
            upload.write_all(&bytes).await?;
        }
        upload.close().await
    };
    let error = written.await.unwrap_err();
    assert!(error.is_network() || error.is_server_selection(), "{error:?}");
    assert!(!upload.is_closed());
    let error = download.read_all().await.unwrap_err();
    assert!(error.is_network() || error.is_server_selection(), "{error:?}");
    let position = download.position() as usize;
    drop(upload);

    server.restart_node(0).await?;
    let mut tries = 0;
    while db.run_command(doc! { "ping": 1 }).await.is_err() {
        tries += 1;
        assert!(tries < 100, "the client does not find the server again");
    }
    assert!(download.read_all().await? == kept[position..], "reading goes on");
    assert!(bucket.open_download_stream_by_name("lost").await.unwrap_err().is_file_not_found());
    bucket.remove_orphans().older_than(Duration::ZERO).await?;
    assert_eq!(chunks(&db, &bucket).await?, (kept.len() as u64).div_ceil(255 * 1024));
    assert!(bucket.open_download_stream(id).await?.read_all().await? == kept);
    server.stop().await
}
