//! Uploaders that are killed.

use std::time::{Duration, Instant};

use odmium::{
    Database, Result,
    bson::{Bson, Document, doc},
    dev,
    gridfs::Bucket,
    prelude::*,
};
use odmium_tests::{content::content, lab::Lab};

use crate::process::{Process, named, until_gone};

const LENGTH: usize = 9 << 20;
const CHUNK: usize = 255 * 1024;
/// The full chunks of the first half, which are two messages.
const HALF: u64 = (LENGTH / 2 / CHUNK) as u64;

/// What there is after a kill.
#[derive(Debug, PartialEq)]
enum Left {
    /// The file, whole.
    File,
    /// Chunks of no file, so many.
    Chunks(u64),
}

fn start(uri: &str, db: &Database, id: &str) -> Process {
    Process::start(&["upload", uri, db.name(), id, &LENGTH.to_string()])
}

async fn chunks(db: &Database) -> Result<u64> {
    db.collection_named::<Document>("fs.chunks").count(Filter::everything()).await
}

/// Looks at what a killed uploader has left, cleans up, and uploads again; the bucket is empty afterwards.
async fn check(db: &Database, id: &str) -> Result<Left> {
    let bucket: Bucket<Document> = db.bucket();
    let (expected, at_all) = (content(LENGTH), chunks(db).await?);
    let files = bucket.find(Filter::everything()).await?;
    let orphans = bucket.list_orphans().older_than(Duration::ZERO).await?;
    let left = match files.len() {
        0 => Left::Chunks(at_all),
        1 => Left::File,
        _ => panic!("{files:?}"),
    };
    if let Some(file) = files.first() {
        assert!(bucket.open_file(file.clone())?.read_all().await? == expected, "a file in part");
        assert_eq!(orphans, []);
    } else {
        assert_eq!(orphans.iter().map(|orphan| orphan.chunks).sum::<u64>(), at_all);
        assert!(orphans.iter().all(|orphan| orphan.newest.is_some()));
        assert_eq!(orphans.len(), usize::from(at_all > 0), "{orphans:?}");
    }
    assert_eq!(bucket.remove_orphans().await?, [], "for all that is known, their upload goes on");
    assert_eq!(chunks(db).await?, at_all);

    // Another one of the same name is not disturbed, nor is its file taken for an orphan.
    let second = bucket.upload_from("file", &expected[..]).await?;
    if !id.is_empty() && at_all > 0 {
        let mut refused = bucket.open_upload_stream("file").id(Bson::from(id)).await?;
        let error =
            async { refused.write_all(&expected).await.and(refused.close().await) }.await.unwrap_err();
        assert!(error.is_duplicate_key(), "{error}");
        refused.abort().await?;
    }
    assert_eq!(bucket.remove_orphans().older_than(Duration::ZERO).await?, orphans);
    assert_eq!(bucket.list_orphans().older_than(Duration::ZERO).await?, []);
    let whole = bucket.find(Filter::everything()).await?;
    assert_eq!(whole.len(), files.len() + 1);
    assert_eq!(chunks(db).await?, (whole.len() * LENGTH.div_ceil(CHUNK)) as u64);
    if !id.is_empty() && files.is_empty() {
        bucket.upload_from("file", &expected[..]).id(Bson::from(id)).await?;
    }
    assert!(bucket.open_download_stream(second).await?.read_all().await? == expected);
    bucket.delete_by_name("file").await?;
    assert_eq!(chunks(db).await?, 0);
    Ok(left)
}

// covers: M47, M53
#[odmium::test]
async fn an_uploader_that_is_killed_leaves_a_whole_file_or_none(db: Database) -> Result<()> {
    let name = db.name().to_owned();
    let uri = named(dev::shared().await?.uri(), &name);
    for id in ["", "mine"] {
        for (at, expected) in
            [("opened", Left::Chunks(0)), ("stored", Left::Chunks(HALF)), ("closed", Left::File)]
        {
            let mut process = start(&uri, &db, id);
            process.until(at).await;
            process.kill().await;
            until_gone(&db, &name).await?;
            assert_eq!(check(&db, id).await?, expected, "killed when {at}");
        }
        let mut process = start(&uri, &db, id);
        process.until("written").await;
        process.kill().await;
        until_gone(&db, &name).await?;
        let left = check(&db, id).await?;
        assert!(matches!(left, Left::Chunks(HALF..)), "{left:?}");
    }
    Ok(())
}

// covers: M47, M53
#[odmium::test]
async fn an_uploader_can_be_killed_at_any_time(db: Database) -> Result<()> {
    const ROUNDS: u32 = 10;
    let name = db.name().to_owned();
    let uri = named(dev::shared().await?.uri(), &name);
    let mut whole = start(&uri, &db, "");
    whole.until("opened").await;
    let began = Instant::now();
    whole.go(3).await;
    while whole.says().await != "closed" {}
    let time = began.elapsed();
    whole.kill().await;
    assert_eq!(check(&db, "").await?, Left::File);

    let mut partly = 0;
    for round in 0..ROUNDS {
        let id = if round % 2 == 0 { "" } else { "mine" };
        let mut process = start(&uri, &db, id);
        process.until("opened").await;
        process.go(4).await;
        tokio::time::sleep(time * round / ROUNDS).await;
        process.kill().await;
        until_gone(&db, &name).await?;
        partly += usize::from(matches!(check(&db, id).await?, Left::Chunks(1..)));
    }
    assert!(partly > 2, "only {partly} of {ROUNDS} were killed on the way");
    Ok(())
}

/// The server holds a message back, so that the kill meets it under way for certain.
// covers: M47, M53
#[tokio::test]
async fn what_was_under_way_may_come_after_the_death() -> Result<()> {
    let lab = Lab::enter().await?;
    let db = lab.database("killed").await?;
    let uri = named(lab.uri(), "child");
    for (collection, steps, messages) in [("killed.fs.chunks", 1, 2), ("killed.fs.files", 3, 1)] {
        let mut process = start(&uri, &db, "");
        process.until("opened").await;
        let data = doc! {
            "failCommands": ["insert"], "namespace": collection, "appName": "child",
            "blockConnection": true, "blockTimeMS": 500,
        };
        let met = lab.fail("alwaysOn", data).await?;
        process.go(steps).await;
        lab.until_met(met + messages).await?;
        process.kill().await;
        assert_eq!(db.bucket::<Document>().find(Filter::everything()).await?.len(), 0);
        lab.heal().await?;
        until_gone(&db, "child").await?;
        let left = check(&db, "").await?;
        match collection {
            "killed.fs.files" => assert_eq!(left, Left::File),
            // Both messages of the first half.
            _ => assert_eq!(left, Left::Chunks(HALF)),
        }
    }
    Ok(())
}
