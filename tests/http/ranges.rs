//! Ranges of bytes, by RFC 9110, section 14.

use std::ops::Range;

use http_body_util::BodyExt;
use odmium::{Database, bson::Document, http::FileService};
use proptest::{
    collection::vec,
    prelude::*,
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use tower_service::Service;

use crate::{
    multipart,
    support::{Answer, Site, content, site},
};

// covers: M54, X4
#[odmium::test]
async fn one_range(db: Database) -> odmium::Result<()> {
    let bytes = content(1000);
    let site = site(&db, &bytes).await?;
    for (range, expected) in [
        ("bytes=0-0", 0..1),
        ("bytes=0-999", 0..1000),
        ("bytes=5-20", 5..21),
        ("bytes=990-99999999999999999999999", 990..1000),
        ("bytes=999-", 999..1000),
        ("bytes=-3", 997..1000),
        ("bytes=-99999", 0..1000),
        // Joined, or alone in being there.
        ("bytes=0-9,10-19,5-7", 0..20),
        ("bytes=7-7,5000-,-0", 7..8),
    ] {
        let answer = site.ask("GET", "/files/file.bin", &[("range", range)]).await;
        assert_eq!((answer.status, &answer.body[..]), (206, &bytes[expected.clone()]), "{range}");
        let content_range = format!("bytes {}-{}/1000", expected.start, expected.end - 1);
        assert_eq!(answer.header("content-range"), content_range);
        assert_eq!(answer.header("content-length"), expected.len().to_string());
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(!answer.header("etag").is_empty() && !answer.header("last-modified").is_empty());
    }
    for range in ["bytes=1000-", "bytes=-0", "bytes=1000-2000,5000-"] {
        let answer = site.ask("GET", "/files/file.bin", &[("range", range)]).await;
        assert_eq!((answer.status, answer.text()), (416, "Range Not Satisfiable"), "{range}");
        assert_eq!(answer.header("content-range"), "bytes */1000");
        assert_eq!(answer.header("content-length"), "21");
    }
    for headers in [
        &[("range", "bytes=5-4")][..],
        &[("range", "bytes")],
        &[("range", "lines=1-2")],
        &[("range", "bytes=1-2;3-4")],
        &[("range", "bytes=0-1"), ("range", "bytes=4-5")],
    ] {
        let answer = site.ask("GET", "/files/file.bin", headers).await;
        assert_eq!((answer.status, &answer.body), (200, &bytes), "{headers:?}");
    }
    let head = site.ask("HEAD", "/files/file.bin", &[("range", "bytes=0-1")]).await;
    assert_eq!((head.status, head.header("content-length")), (200, "1000"), "ranges are for GET");
    assert_eq!(head.header("content-range"), "");
    Ok(())
}

// covers: M54
#[odmium::test]
async fn an_empty_file_has_no_range(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"").await?;
    let get = site.get("/files/file.bin").await;
    assert_eq!((get.status, get.body.len(), get.header("content-length")), (200, 0, "0"));
    let answer = site.ask("GET", "/files/file.bin", &[("range", "bytes=0-")]).await;
    assert_eq!((answer.status, answer.header("content-range")), (416, "bytes */0"));
    // Satisfiable by the letter, but no Content-Range could name it.
    assert_eq!(site.ask("GET", "/files/file.bin", &[("range", "bytes=-1")]).await.status, 200);
    Ok(())
}

// covers: M54
#[odmium::test]
async fn the_number_of_ranges_is_limited(db: Database) -> odmium::Result<()> {
    let bytes = content(1000);
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &bytes[..]).await?;
    let ranges = |count: usize| {
        let ranges: Vec<_> = (0..count).map(|n| format!("{}-{}", 10 * n, 10 * n + 1)).collect();
        format!("bytes={}", ranges.join(","))
    };
    // The limit, the number of ranges; the status.
    for (limit, count, status) in [
        (None, 16, 206),
        (None, 17, 200),
        (Some(1), 1, 206),
        (Some(1), 2, 200),
        (Some(0), 1, 200),
        (Some(90), 90, 206),
    ] {
        let mut service = bucket.serve();
        if let Some(limit) = limit {
            service = service.max_ranges(limit);
        }
        let site = Site::new(service).await;
        let answer = site.ask("GET", "/files/f", &[("range", &ranges(count))]).await;
        assert_eq!(answer.status, status, "{limit:?} {count}");
        let accepts = if limit == Some(0) { "none" } else { "bytes" };
        assert_eq!(answer.header("accept-ranges"), accepts);
    }
    Ok(())
}

/// Asks without a connection in between.
async fn call(service: &mut FileService, range: &str) -> Answer {
    let request = reqwest::header::HeaderValue::from_str(range).expect("a header");
    let request = axum::http::Request::get("/f").header("range", request).body(()).unwrap();
    let (head, body) = service.call(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Answer { status: head.status.as_u16(), headers: head.headers, body }
}

/// One element of a header, as numbers.
#[derive(Clone, Copy, Debug)]
enum Spec {
    Between(u64, u64),
    From(u64),
    Last(u64),
}

impl Spec {
    fn text(self) -> String {
        match self {
            Self::Between(first, last) => format!("{first}-{last}"),
            Self::From(first) => format!("{first}-"),
            Self::Last(count) => format!("-{count}"),
        }
    }

    /// The places that it asks for.
    fn has(self, length: u64, place: u64) -> bool {
        match self {
            Self::Between(first, last) => (first..=last).contains(&place),
            Self::From(first) => place >= first,
            Self::Last(count) => place + count >= length,
        }
    }
}

// covers: M54, X4
#[odmium::test]
async fn any_ranges_give_just_the_bytes_that_they_name(db: Database) -> odmium::Result<()> {
    const LENGTH: u64 = 40;
    let (bytes, bucket) = (content(LENGTH as usize), db.bucket::<Document>().chunk_size(7));
    bucket.upload_from("f", &bytes[..]).await?;
    let (mut service, mut runner) = (bucket.serve(), TestRunner::deterministic());
    let spec = prop_oneof![
        (0..60u64, 0..6u64).prop_map(|(first, more)| Spec::Between(first, first + more)),
        (30..60u64).prop_map(Spec::From),
        (0..9u64).prop_map(Spec::Last),
    ];
    let (lists, mut kinds) = (vec((spec, "[ \t]{0,2},?[ \t]?"), 1..6), [0; 3]);
    for _ in 0..300 {
        let list = lists.new_tree(&mut runner).expect("a case").current();
        let texts: Vec<_> = list.iter().map(|(spec, space)| spec.text() + space).collect();
        let header = format!("bytes={}", texts.join(","));
        let wanted: Vec<u64> =
            (0..LENGTH).filter(|place| list.iter().any(|(spec, _)| spec.has(LENGTH, *place))).collect();
        let answer = call(&mut service, &header).await;
        if wanted.is_empty() {
            assert_eq!((answer.status, answer.header("content-range")), (416, "bytes */40"), "{header}");
            kinds[0] += 1;
            continue;
        }
        let parts: Vec<(Range<u64>, Vec<u8>)> = multipart::parts(&answer, LENGTH);
        kinds[parts.len().min(2)] += 1;
        for (range, part) in &parts {
            assert_eq!(part, &bytes[range.start as usize..range.end as usize], "{header}");
        }
        let mut given: Vec<u64> = parts.iter().flat_map(|(range, _)| range.clone()).collect();
        given.sort();
        assert_eq!(given, wanted, "each byte once: {header}");
        // In the order of the request: each part stands where the first range within it stood.
        let first = |range: &Range<u64>| {
            let hit = |spec: &Spec| range.clone().any(|place| spec.has(LENGTH, place));
            list.iter().position(|(spec, _)| hit(spec))
        };
        assert!(parts.is_sorted_by_key(|(range, _)| first(range)), "{header}: {parts:?}");
    }
    assert!(kinds.iter().all(|count| *count > 20), "one-sided cases: {kinds:?}");
    Ok(())
}

// covers: M54
#[odmium::test]
async fn any_text_is_a_range_or_none(db: Database) -> odmium::Result<()> {
    let (bytes, bucket) = (content(40), db.bucket::<Document>().chunk_size(7));
    bucket.upload_from("f", &bytes[..]).await?;
    let (mut service, mut runner) = (bucket.serve(), TestRunner::deterministic());
    let texts = prop_oneof!["bytes=[-0-9, \t]{0,12}", "[bytes=,0-9 -]{0,14}", "[ -~\u{e9}]{0,20}"];
    for _ in 0..300 {
        let text = texts.new_tree(&mut runner).expect("a case").current();
        let answer = call(&mut service, &text).await;
        match answer.status {
            200 => assert_eq!(answer.body, bytes, "{text:?}"),
            206 => {
                for (range, part) in multipart::parts(&answer, 40) {
                    assert_eq!(part, &bytes[range.start as usize..range.end as usize], "{text:?}");
                }
            }
            status => assert_eq!((status, answer.header("content-range")), (416, "bytes */40"), "{text:?}"),
        }
    }
    Ok(())
}
