//! Large files: little memory, no more read than the client takes.

use std::{fs, time::Duration};

use odmium::{
    Client, Database,
    bson::{Document, doc},
    prelude::*,
};
use odmium_tests::Recorder;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::Site;

const MIB: u64 = 1 << 20;

/// The memory of this process in bytes; other tests run in it too.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

async fn upload(db: &Database, length: u64) -> odmium::Result<()> {
    let source = tokio::io::repeat(7).take(length);
    db.bucket::<Document>().upload_from("large", source).await.map(drop)
}

// covers: M54
#[cfg(target_os = "linux")]
#[odmium::test]
async fn a_large_file_takes_little_memory(db: Database) -> odmium::Result<()> {
    upload(&db, 128 * MIB).await?;
    let site = Site::new(db.bucket::<Document>().serve()).await;
    let (before, mut most, mut received) = (memory(), 0, 0);
    let mut response = site.open("GET", "/files/large", &[]).await.unwrap();
    while let Some(chunk) = response.chunk().await.unwrap() {
        assert!(chunk.iter().all(|byte| *byte == 7));
        if received % (4 * MIB) < chunk.len() as u64 {
            most = most.max(memory());
        }
        received += chunk.len() as u64;
    }
    assert_eq!(received, 128 * MIB);
    let grown = most.saturating_sub(before) / MIB;
    assert!(grown < 64, "grown by {grown} MiB");
    Ok(())
}

/// How many queries for chunks were sent.
fn finds(sent: &Recorder) -> usize {
    chunks(sent).len()
}

/// How many chunks each query asked for, beside the one more that shows damage.
fn chunks(sent: &Recorder) -> Vec<i64> {
    let finds = sent
        .take()
        .into_iter()
        .filter(|command| command.get_str("find").is_ok_and(|name| name == "fs.chunks"));
    finds.map(|find| find.get_i64("limit").unwrap().abs() - 1).collect()
}

/// Waits until no more is asked for, and tells how much was.
async fn until_quiet(sent: &Recorder) -> usize {
    let (mut all, mut quiet) = (0, 0);
    while quiet < 15 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let more = finds(sent);
        (all, quiet) = (all + more, if more == 0 { quiet + 1 } else { 0 });
    }
    all
}

/// Asks, and reads only the start.
async fn start(site: &Site) -> TcpStream {
    let mut stream = TcpStream::connect(site.address).await.unwrap();
    stream.write_all(b"GET /files/large HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 1000]).await.unwrap();
    stream
}

async fn idle_cursors(client: &Client, namespace: &str) -> odmium::Result<usize> {
    let pipeline = [
        doc! { "$currentOp": { "idleCursors": true, "allUsers": true } },
        doc! { "$match": { "type": "idleCursor", "ns": { "$regex": format!("^{namespace}\\.") } } },
    ];
    let admin = client.inner().database("admin");
    let cursor = admin.aggregate(pipeline).await.expect("the server tells its operations");
    let cursors: Vec<_> = cursor.try_collect().await.expect("the server tells its operations");
    Ok(cursors.len())
}

// covers: M54
#[odmium::test]
async fn what_the_client_does_not_take_is_not_read(db: Database) -> odmium::Result<()> {
    upload(&db, 96 * MIB).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let site = Site::new(recorded.bucket::<Document>().serve()).await;
    let stream = start(&site).await;
    // 1 MiB, and then 4 MiB each.
    let before = until_quiet(&sent).await;
    assert!((1..=12).contains(&before), "{before} of some 25");
    // The rest, when it is taken.
    let mut rest = stream;
    let mut left = 96 * MIB;
    let mut buffer = vec![0; 1 << 16];
    while left > 2 * MIB {
        left -= rest.read(&mut buffer).await.unwrap() as u64;
    }
    let after = until_quiet(&sent).await;
    assert!(before + after >= 24, "{before} and {after}");

    // Who goes away is not read for, and leaves nothing open.
    drop(rest);
    let stream = start(&site).await;
    drop(stream);
    let count = until_quiet(&sent).await;
    assert!((1..=12).contains(&count), "{count}");
    let mut connections = Vec::new();
    for _ in 0..10 {
        connections.push(start(&site).await);
    }
    drop(connections);
    until_quiet(&sent).await;
    let client = odmium::dev::client().await?;
    assert_eq!(idle_cursors(&client, db.name()).await?, 0);
    Ok(())
}

// covers: M54
#[odmium::test]
async fn head_and_not_modified_read_no_content(db: Database) -> odmium::Result<()> {
    upload(&db, 2 * MIB).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let site = Site::new(recorded.bucket::<Document>().serve()).await;
    assert_eq!(site.ask("HEAD", "/files/large", &[]).await.header("content-length"), "2097152");
    for headers in [("if-none-match", "*"), ("if-match", "\"x\""), ("range", "bytes=9999999-")] {
        let answer = site.ask("GET", "/files/large", &[headers]).await;
        assert!(answer.status >= 300, "{answer:?}");
    }
    assert_eq!(finds(&sent), 0);
    Ok(())
}

// covers: M54, X4
#[odmium::test]
async fn a_range_reads_no_chunk_but_its_own(db: Database) -> odmium::Result<()> {
    const CHUNK: u64 = 255 * 1024;
    upload(&db, 40 * MIB).await?;
    let (recorded, sent) = Recorder::attach(&db).await?;
    let site = Site::new(recorded.bucket::<Document>().serve()).await;
    for (range, chunks_of_it) in [
        ("bytes=0-1".to_owned(), 1),
        ("bytes=-1".to_owned(), 1),
        (format!("bytes={}-{CHUNK}", CHUNK - 1), 2),
        (format!("bytes=0-{}", CHUNK - 1), 1),
        (format!("bytes={}-{}", 20 * CHUNK, 60 * CHUNK), 41),
        (format!("bytes=0-0,{}-{}", 100 * CHUNK, 100 * CHUNK), 2),
        (format!("bytes={}-{},0-{}", 100 * CHUNK, 110 * CHUNK, 10 * CHUNK), 22),
    ] {
        let answer = site.ask("GET", "/files/large", &[("range", &range)]).await;
        assert_eq!(answer.status, 206, "{range}");
        let read = chunks(&sent);
        assert_eq!(read.iter().sum::<i64>(), chunks_of_it, "{range}: {read:?}");
    }
    Ok(())
}
