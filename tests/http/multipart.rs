//! Several ranges at once, as `multipart/byteranges`.

use std::ops::Range;

use odmium::{Database, bson::Document};

use crate::support::{Answer, Site, content};

/// The parts of an answer, with one range or with several.
pub(crate) fn parts(answer: &Answer, length: u64) -> Vec<(Range<u64>, Vec<u8>)> {
    assert_eq!(answer.status, 206, "{answer:?}");
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    let range = |text: &str| {
        let (range, whole) = text.strip_prefix("bytes ").unwrap().split_once('/').unwrap();
        let (first, last) = range.split_once('-').unwrap();
        assert_eq!(whole, length.to_string());
        first.parse::<u64>().unwrap()..last.parse::<u64>().unwrap() + 1
    };
    let Some(boundary) = answer.header("content-type").strip_prefix("multipart/byteranges; boundary=") else {
        return vec![(range(answer.header("content-range")), answer.body.clone())];
    };
    assert_eq!(answer.header("content-range"), "", "only in the parts");
    // A byte is a character here, so that nothing is lost.
    let body: String = answer.body.iter().map(|byte| *byte as char).collect();
    let body = body.strip_prefix(&format!("--{boundary}\r\n")).unwrap();
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    let between = format!("\r\n--{boundary}\r\n");
    let parts = body.split(&between).map(|part| {
        let (head, content) = part.split_once("\r\n\r\n").unwrap();
        let lines: Vec<_> = head.split("\r\n").collect();
        assert!(lines.len() == 2 && lines[0].starts_with("Content-Type: "), "{lines:?}");
        let range = range(lines[1].strip_prefix("Content-Range: ").unwrap());
        (range, content.chars().map(|c| c as u8).collect())
    });
    let parts: Vec<_> = parts.collect();
    assert!(parts.len() > 1, "one part needs no multipart: {parts:?}");
    parts
}

// covers: M54, X4
#[odmium::test]
async fn several_ranges_come_in_parts(db: Database) -> odmium::Result<()> {
    let bytes = content(1_000_000);
    let bucket = db.bucket::<Document>().chunk_size(1000);
    bucket.upload_from("film.mp4", &bytes[..]).await?;
    let site = Site::new(bucket.serve()).await;
    let headers = [("range", "bytes=999999-,0-99,500000-600000,50-149,2000000-")];
    let answer = site.ask("GET", "/files/film.mp4", &headers).await;
    let found = parts(&answer, 1_000_000);
    let ranges: Vec<_> = found.iter().map(|(range, _)| range.clone()).collect();
    assert_eq!(ranges, [999_999..1_000_000, 0..150, 500_000..600_001]);
    for (range, part) in found {
        assert!(part == bytes[range.start as usize..range.end as usize], "{range:?}");
    }
    assert!(
        String::from_utf8_lossy(&answer.body)
            .contains("Content-Type: video/mp4\r\nContent-Range: bytes 0-149/")
    );
    let again = site.ask("GET", "/files/film.mp4", &headers).await;
    assert_ne!(again.header("content-type"), answer.header("content-type"), "nobody knows the boundary");
    Ok(())
}
