//! Clients that stall, go away or send what nobody asked for, and files that change under a response.

use std::time::{Duration, Instant};

use odmium::{
    Client, Database,
    bson::{Bson, DateTime, Document, doc},
    dev,
    gridfs::Bucket,
    prelude::*,
};
use odmium_tests::content::Content;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    multipart,
    support::{Answer, Site, content},
};

/// More than what the buffers of both sides and the read-ahead take.
const LENGTH: usize = 48 << 20;
const CHUNK: usize = 255 * 1024;

/// Asks for a file, and reads no more than the head of the answer.
async fn stall(site: &Site, path: &str, version: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(site.address).await.unwrap();
    let request = format!("GET {path} HTTP/{version}\r\nhost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    (stream, String::from_utf8(head).unwrap())
}

/// Reads until the server closes the connection or so many bytes are there.
async fn rest(mut stream: TcpStream, most: usize) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < most {
        // A connection that was cut may end by a reset.
        match timeout(Duration::from_secs(20), stream.read_buf(&mut body)).await.expect("it hangs") {
            Ok(1..) => {}
            _ => break,
        }
    }
    body
}

// covers: M54
#[odmium::test]
async fn clients_that_stall_or_go_away_hold_no_connection_to_the_server(db: Database) -> odmium::Result<()> {
    db.bucket::<Document>().upload_from("large", Content::new(LENGTH as u64)).await?;
    db.bucket::<Document>().upload_from("small", &b"small"[..]).await?;
    let client = Client::builder().uri(dev::shared().await?.uri()).max_pool_size(2_u32).connect().await?;
    let site = Site::new(client.database(db.name()).bucket::<Document>().serve()).await;
    for goes_away in [false, true] {
        let mut stalled = Vec::new();
        for _ in 0..8 {
            let (stream, head) = stall(&site, "/files/large", "1.1").await;
            assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
            stalled.push(stream);
        }
        if goes_away {
            stalled.clear();
        }
        let others = async {
            for _ in 0..10 {
                let (one, two) = tokio::join!(site.get("/files/small"), site.get("/files/small"));
                assert_eq!((one.text(), two.text()), ("small", "small"));
            }
        };
        timeout(Duration::from_secs(20), others).await.expect("the pool is used up");
        if let Some(patient) = stalled.pop() {
            assert!(rest(patient, LENGTH).await == content(LENGTH), "who waited gets all the same");
        }
    }
    Ok(())
}

/// Content of the same length that differs everywhere.
fn other_content() -> Vec<u8> {
    content(LENGTH).iter().map(|byte| !byte).collect()
}

// covers: M53, M54
#[odmium::test]
async fn a_file_that_changes_while_it_is_sent_never_looks_whole_and_is_not(
    db: Database,
) -> odmium::Result<()> {
    let bucket: Bucket<Document> = db.bucket();
    let site = Site::new(bucket.serve()).await;
    let expected = content(LENGTH);

    // Another revision harms nobody who reads the one before.
    bucket.upload_from("f", &expected[..]).await?;
    let (stream, _) = stall(&site, "/files/f", "1.1").await;
    bucket.upload_from("f", &b"new"[..]).await?;
    assert!(rest(stream, LENGTH).await == expected);
    assert_eq!(site.get("/files/f").await.text(), "new");
    bucket.delete_by_name("f").await?;

    for version in ["1.1", "1.0"] {
        bucket.upload_from("f", &expected[..]).await?;
        let (stream, head) = stall(&site, "/files/f", version).await;
        assert!(head.contains(&format!("content-length: {LENGTH}\r\n")), "{head}");
        bucket.delete_by_name("f").await?;
        let body = rest(stream, LENGTH).await;
        assert!(body.len() < LENGTH && expected.starts_with(&body), "{} bytes", body.len());
    }

    // Under one `_id`, which the checksum tells apart.
    bucket.upload_from("f", &expected[..]).id(Bson::from(7)).sha256().await?;
    let (stream, _) = stall(&site, "/files/f", "1.1").await;
    bucket.delete(Bson::from(7)).await?;
    bucket.upload_from("f", &other_content()[..]).id(Bson::from(7)).sha256().await?;
    let body = rest(stream, LENGTH).await;
    assert!(body.len() < LENGTH, "two contents as one");
    Ok(())
}

// covers: M53, M54
#[odmium::test]
async fn damage_in_a_later_range_cuts_the_connection(db: Database) -> odmium::Result<()> {
    let bucket: Bucket<Document> = db.bucket();
    bucket.upload_from("f", Content::new(24 << 20)).await?;
    let lost = db.collection_named::<Document>("fs.chunks").delete_many(Filter::raw(doc! { "n": 50 }));
    assert_eq!(lost.await?, 1);
    let site = Site::new(bucket.serve()).await;
    let range = format!("0-9,{}-{}", 50 * CHUNK, 50 * CHUNK + 9);
    // The second request must not be answered in the place of what is missing.
    let requests = format!(
        "GET /files/f HTTP/1.1\r\nhost: x\r\nrange: bytes={range}\r\n\r\nGET /files/f HTTP/1.1\r\nhost: x\r\n\r\n"
    );
    let answer = timeout(Duration::from_secs(20), site.raw(requests.as_bytes())).await.expect("it hangs");
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 206 "), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert!(body.len() < length.parse().unwrap(), "{body}");
    assert!(!body.contains("HTTP/1.1"), "{body}");
    Ok(())
}

// covers: M54
#[odmium::test]
async fn content_of_a_request_is_no_request(db: Database) -> odmium::Result<()> {
    db.bucket::<Document>().upload_from("f", &b"text"[..]).await?;
    db.bucket::<Document>().upload_from("secret", &b"secret"[..]).await?;
    let site = Site::new(db.bucket::<Document>().serve()).await;
    let inner = "GET /files/secret HTTP/1.1\r\nhost: x\r\n\r\n";
    let last = "GET /files/f HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    for (method, status) in
        [("GET", "200"), ("HEAD", "200"), ("POST", "405"), ("DELETE", "405"), ("OPTIONS", "204")]
    {
        for content in [
            format!("content-length: {}\r\n\r\n{inner}", inner.len()),
            format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n{inner}\r\n0\r\n\r\n", inner.len()),
        ] {
            let requests = format!("{method} /files/f HTTP/1.1\r\nhost: x\r\n{content}{last}");
            let answer =
                timeout(Duration::from_secs(20), site.raw(requests.as_bytes())).await.expect("it hangs");
            let answer = String::from_utf8(answer).unwrap();
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{method}: {answer}");
            assert!(!answer.contains("secret"), "{method}: {answer}");
        }
        // Nobody waits for content that is of no use.
        let waiting = format!(
            "{method} /files/f HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9999999\r\nconnection: close\r\n\r\n"
        );
        let answer = timeout(Duration::from_secs(20), site.raw(waiting.as_bytes())).await.expect("it hangs");
        assert!(answer.starts_with(format!("HTTP/1.1 {status} ").as_bytes()), "{method}");
    }
    Ok(())
}

// covers: M54
#[odmium::test]
async fn thousands_of_ranges_cost_no_more_than_their_bytes(db: Database) -> odmium::Result<()> {
    let (bytes, bucket) = (content(100_000), db.bucket::<Document>().chunk_size(1000));
    bucket.upload_from("f", &bytes[..]).await?;
    let site = Site::new(bucket.serve().max_ranges(5000)).await;
    let list = |range: fn(u64) -> String| {
        let ranges: Vec<_> = (0..4000).map(range).collect();
        format!("bytes={}", ranges.join(","))
    };
    let began = Instant::now();
    for (ranges, parts) in [
        // All overlap; the same one; backwards and apart.
        (list(|n| format!("{n}-{}", 50_000 + n)), 1),
        (list(|_| "5-9".to_owned()), 1),
        (list(|n| format!("{0}-{0}", 9000 - 2 * n)), 4000),
    ] {
        let answer: Answer = site.ask("GET", "/files/f", &[("range", &ranges)]).await;
        assert_eq!(answer.status, 206);
        let given = multipart::parts(&answer, 100_000);
        assert_eq!(given.len(), parts);
        for (range, part) in given {
            assert_eq!(part, &bytes[range.start as usize..range.end as usize]);
        }
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    Ok(())
}

/// What other programs may have written.
// covers: M53, M54
#[odmium::test]
async fn impossible_documents_of_files_are_500(db: Database) -> odmium::Result<()> {
    let files = db.collection_named::<Document>("fs.files");
    let site = Site::new(db.bucket::<Document>().serve()).await;
    for (number, (length, chunk_size)) in [
        (Bson::Int64(i64::MAX), Bson::Int32(1)),
        (Bson::Int64(i64::MAX), Bson::Int32(i32::MAX)),
        (Bson::Int64(10), Bson::Int32(0)),
        (Bson::Int64(10), Bson::Int32(-1)),
        (Bson::Int64(-1), Bson::Int32(1000)),
        (Bson::Double(f64::NAN), Bson::Int32(1000)),
        (Bson::Double(1e300), Bson::Int32(1000)),
        (Bson::Int64(10), Bson::Int64(1 << 40)),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("f{number}");
        let file = doc! { "filename": &name, "length": length.clone(), "chunkSize": chunk_size.clone(), "uploadDate": DateTime::now() };
        files.insert(&file).await?;
        for range in ["", "bytes=5-", "bytes=-5", "bytes=0-0,5-5"] {
            let headers = [("range", range)];
            let headers = if range.is_empty() { &[][..] } else { &headers[..] };
            let path = format!("/files/{name}");
            let asked = timeout(Duration::from_secs(20), site.ask("GET", &path, headers)).await;
            let answer = asked.unwrap_or_else(|_| panic!("{file} {range} hangs"));
            assert_eq!(answer.status, 500, "{file} {range}");
        }
    }
    assert_eq!(site.get("/files/none").await.status, 404, "it serves on");
    Ok(())
}
