//! Reading files.

use std::io::SeekFrom;

use odmium::{
    Database,
    bson::{Document, doc},
    prelude::*,
};
use odmium_tests::Recorder;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncSeekExt};

use super::content;

// covers: M48
#[odmium::test]
async fn revisions_are_counted_from_both_ends(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    for text in ["one", "two", "three"] {
        bucket.upload_from("f", text.as_bytes()).await?;
    }
    for (revision, text) in [(0, "one"), (1, "two"), (2, "three"), (-1, "three"), (-2, "two"), (-3, "one")] {
        let mut download = bucket.open_download_stream_by_name("f").revision(revision).await?;
        assert_eq!(download.read_all().await?, text.as_bytes(), "{revision}");
        let mut written = Vec::new();
        let count = bucket.download_to_by_name("f", &mut written).revision(revision).await?;
        assert_eq!((count, written), (text.len() as u64, text.as_bytes().to_vec()));
    }
    assert_eq!(bucket.open_download_stream_by_name("f").await?.read_all().await?, b"three");
    for revision in [3, -4, i32::MAX, i32::MIN] {
        let error = bucket.open_download_stream_by_name("f").revision(revision).await.unwrap_err();
        assert!(error.is_revision_not_found() && !error.is_file_not_found(), "{error:?}");
    }
    Ok(())
}

// covers: M53
#[odmium::test]
async fn a_missing_file_is_its_own_error(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let errors = [
        bucket.open_download_stream(1).await.map(drop),
        bucket.open_download_stream_by_name("f").await.map(drop),
        bucket.download_to(1, Vec::new()).await.map(drop),
        bucket.delete(1).await,
        bucket.delete_by_name("f").await,
        bucket.rename(1, "g").await,
        bucket.rename_by_name("f", "g").await,
    ];
    for result in errors {
        let error = result.unwrap_err();
        assert!(error.is_file_not_found(), "{error:?}");
        assert!(error.to_string().starts_with("the bucket `fs` has no file "), "{error}");
    }
    Ok(())
}

// covers: M49, X4
#[odmium::test]
async fn a_download_is_read_in_every_way(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>().chunk_size(10);
    let text = b"first line\nsecond\n\nlast, without an end";
    let id = bucket.upload_from("f", &text[..]).await?;
    let open = || bucket.open_download_stream(id.clone());

    let mut download = open().await?;
    assert_eq!(download.read_bytes(15).await?, &text[..15]);
    assert_eq!(download.position(), 15);
    assert_eq!(download.read_chunk().await?.unwrap(), &text[15..20]);
    assert_eq!(download.read_bytes(0).await?, b"");
    assert_eq!(download.read_all().await?, &text[20..]);
    assert_eq!(download.read_bytes(5).await?, b"");
    assert_eq!((download.read_chunk().await?, download.next_line().await?), (None, None));

    let mut lines = Vec::new();
    download.set_position(0);
    while let Some(line) = download.next_line().await? {
        lines.push(String::from_utf8(line).unwrap());
    }
    assert_eq!(lines, ["first line\n", "second\n", "\n", "last, without an end"]);
    let mut lines = open().await?.lines();
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "first line");

    // From, position; what `read_bytes` gives.
    for (to, position) in [
        (SeekFrom::Start(12), 12),
        (SeekFrom::Current(3), 15),
        (SeekFrom::Current(-14), 1),
        (SeekFrom::End(-4), text.len() as u64 - 4),
        (SeekFrom::End(0), text.len() as u64),
        (SeekFrom::Start(u64::MAX), u64::MAX),
        (SeekFrom::Start(0), 0),
    ] {
        assert_eq!(download.seek(to).await.unwrap(), position);
        let (expected, before) = (text.get(position as usize..).unwrap_or_default(), download.position());
        assert_eq!(download.read_bytes(7).await?, &expected[..expected.len().min(7)]);
        download.set_position(before);
    }
    for to in [SeekFrom::Current(-1), SeekFrom::End(-100)] {
        assert_eq!(download.seek(to).await.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    }
    let mut all = Vec::new();
    open().await?.read_to_end(&mut all).await.unwrap();
    assert_eq!(all, text);
    let chunks: Vec<Vec<u8>> = open().await?.try_collect().await?;
    assert_eq!((chunks.len(), chunks.concat()), (4, text.to_vec()));
    Ok(())
}

// covers: X4
#[odmium::test]
async fn jumps_read_what_is_asked_for_and_little_more(db: Database) -> odmium::Result<()> {
    let bytes = content(40 << 20);
    db.bucket::<Document>().upload_from("f", &bytes[..]).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let mut download = recorded.bucket::<Document>().open_download_stream_by_name("f").await?;
    drop(sent.take());
    for position in [0, 39 << 20, 5 << 20, 5_000_001, (40 << 20) - 1] {
        download.set_position(position as u64);
        let expected = &bytes[position..bytes.len().min(position + 1000)];
        assert_eq!(download.read_bytes(1000).await?, expected, "{position}");
    }
    download.set_position(0);
    assert!(download.read_all().await? == bytes);
    let finds = sent.take();
    assert!(finds.iter().all(|command| command.contains_key("find")), "{finds:?}");
    // Of up to 8 chunks each: some 20 for the whole file, and at most 4 after each jump.
    assert!((20..=42).contains(&finds.len()), "{}", finds.len());
    let limits = finds.iter().map(|find| find.get_i64("limit").unwrap_or(0).abs());
    assert!(limits.clone().all(|limit| limit <= 9), "{:?}", limits.collect::<Vec<_>>());
    Ok(())
}

// covers: M50
#[odmium::test]
async fn found_files_open_as_downloads(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<super::Photo>();
    for (name, owner) in [("a", "ann"), ("b", "bob"), ("c", "ann"), ("d", "ann")] {
        bucket.upload_from(name, name.as_bytes()).metadata(super::photo(owner)).await?;
    }
    let file = bucket.fields();
    let mut cursor = bucket
        .find(file.metadata.owner.eq("ann") & file.length.gte(1))
        .sort(file.filename.desc())
        .skip(1)
        .limit(2)
        .batch_size(1)
        .no_cursor_timeout(true)
        .comment("files")
        .cursor()
        .await?;
    let mut found = Vec::new();
    while let Some(file) = cursor.try_next().await? {
        found.extend(bucket.open_file(file)?.read_all().await?);
    }
    assert_eq!(found, b"ca");
    let none = bucket.files().find(Filter::raw(doc! { "length": { "$gt": 1 } })).first().await?;
    assert_eq!(none, None);
    Ok(())
}

/// A writer that takes little at a time, and one that fails, are served alike.
// covers: M48
#[odmium::test]
async fn slow_and_failing_writers(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let bytes = content(3 << 20);
    let id = bucket.upload_from("f", &bytes[..]).await?;
    let (mut ours, theirs) = tokio::io::duplex(1000);
    let (copying, id2) = (bucket.clone(), id.clone());
    let task = tokio::spawn(async move { copying.download_to(id2, theirs).await });
    let mut read = Vec::new();
    ours.read_to_end(&mut read).await.unwrap();
    assert_eq!(task.await.unwrap()?, bytes.len() as u64);
    assert!(read == bytes);
    let (ours, theirs) = tokio::io::duplex(1000);
    drop(ours);
    let error = bucket.download_to(id, theirs).await.unwrap_err();
    assert!(error.is_io(), "{error:?}");
    Ok(())
}
