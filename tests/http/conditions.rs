//! Conditional requests, by RFC 9110, section 13.

use odmium::{
    Database,
    bson::{DateTime, Document},
};

use crate::support::{Site, date, site};

const DATE: &str = "Mon, 03 Feb 2020 04:05:06 GMT";
const BEFORE: &str = "Mon, 03 Feb 2020 04:05:05 GMT";
const AFTER: &str = "Mon, 03 Feb 2020 04:05:07 GMT";

// covers: M54
#[odmium::test]
async fn conditions_are_judged_in_their_order(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"0123456789").await?;
    let tag = site.get("/files/file.bin").await.header("etag").to_owned();
    let (weak, list) = (format!("W/{tag}"), format!("\"x\" ,, \"a,b\", {tag}"));
    let (unquoted, glued) = (tag.trim_matches('"'), format!("\"x\"{tag}"));

    // The headers; the status.
    let table: &[(&[(&str, &str)], u16)] = &[
        (&[("if-none-match", &tag)], 304),
        (&[("if-none-match", "\"x\"")], 200),
        (&[("if-none-match", &weak)], 304),
        (&[("if-none-match", &list)], 304),
        (&[("if-none-match", "\"x\""), ("if-none-match", &tag)], 304),
        (&[("if-none-match", "*")], 304),
        (&[("if-none-match", unquoted)], 200),
        (&[("if-none-match", &glued)], 200),
        (&[("if-none-match", "")], 200),
        (&[("if-match", &tag)], 200),
        (&[("if-match", "\"x\"")], 412),
        (&[("if-match", &weak)], 412),
        (&[("if-match", &list)], 200),
        (&[("if-match", "*")], 200),
        (&[("if-match", "\"*\"")], 412),
        (&[("if-match", "")], 412),
        (&[("if-modified-since", DATE)], 304),
        (&[("if-modified-since", AFTER)], 304),
        (&[("if-modified-since", BEFORE)], 200),
        (&[("if-modified-since", "Monday, 03-Feb-20 04:05:06 GMT")], 304),
        (&[("if-modified-since", "Mon Feb  3 04:05:06 2020")], 304),
        (&[("if-modified-since", "2020-02-03")], 200),
        (&[("if-modified-since", DATE), ("if-modified-since", DATE)], 200),
        (&[("if-unmodified-since", DATE)], 200),
        (&[("if-unmodified-since", AFTER)], 200),
        (&[("if-unmodified-since", BEFORE)], 412),
        (&[("if-unmodified-since", "yesterday")], 200),
        // Tags come before dates.
        (&[("if-none-match", "\"x\""), ("if-modified-since", DATE)], 200),
        (&[("if-none-match", &tag), ("if-modified-since", BEFORE)], 304),
        (&[("if-match", &tag), ("if-unmodified-since", BEFORE)], 200),
        (&[("if-match", "\"x\""), ("if-unmodified-since", DATE)], 412),
        // What must hold comes before what is known.
        (&[("if-match", &tag), ("if-none-match", &tag)], 304),
        (&[("if-match", "\"x\""), ("if-none-match", &tag)], 412),
        (&[("if-match", "\"x\""), ("if-modified-since", DATE)], 412),
        (&[("if-unmodified-since", DATE), ("if-modified-since", DATE)], 304),
        (&[("if-unmodified-since", BEFORE), ("if-none-match", &tag)], 412),
    ];
    for (headers, status) in table {
        for method in ["GET", "HEAD"] {
            let answer = site.ask(method, "/files/file.bin", headers).await;
            assert_eq!(answer.status, *status, "{method} {headers:?}");
            if *status != 200 {
                assert!(answer.body.len() < 20 && answer.header("content-range").is_empty());
            }
        }
        let mut unsatisfiable = headers.to_vec();
        unsatisfiable.push(("range", "bytes=10-"));
        let expected = if *status == 200 { 416 } else { *status };
        assert_eq!(site.ask("GET", "/files/file.bin", &unsatisfiable).await.status, expected, "{headers:?}");
        assert_eq!(site.ask("HEAD", "/files/file.bin", &unsatisfiable).await.status, *status, "{headers:?}");
    }

    // With If-Range: the headers; the status for a range that is there, and for one that is not.
    let table: &[(&[(&str, &str)], u16, u16)] = &[
        (&[("if-range", &tag)], 206, 416),
        (&[("if-range", "\"x\"")], 200, 200),
        (&[("if-range", &weak)], 200, 200),
        (&[("if-range", &list)], 200, 200),
        (&[("if-range", "*")], 200, 200),
        (&[("if-range", DATE)], 206, 416),
        (&[("if-range", "Mon Feb  3 04:05:06 2020")], 206, 416),
        (&[("if-range", BEFORE)], 200, 200),
        (&[("if-range", AFTER)], 200, 200),
        (&[("if-range", "tomorrow")], 200, 200),
        (&[("if-range", ""), ("if-range", &tag)], 200, 200),
        (&[("if-range", &tag), ("if-none-match", &tag)], 304, 304),
        (&[("if-range", &tag), ("if-match", "\"x\"")], 412, 412),
        (&[("if-range", "\"x\""), ("if-match", &tag)], 200, 200),
    ];
    for (headers, there, absent) in table {
        for (range, status) in [("bytes=2-4", there), ("bytes=10-", absent)] {
            let headers = [headers, &[("range", range)][..]].concat();
            let answer = site.ask("GET", "/files/file.bin", &headers).await;
            assert_eq!(answer.status, *status, "{headers:?}");
            match status {
                200 => assert_eq!(answer.text(), "0123456789"),
                206 => assert_eq!(answer.text(), "234"),
                _ => {}
            }
        }
        assert_eq!(
            site.ask("GET", "/files/file.bin", &headers[..1]).await.status,
            200,
            "no range, no If-Range"
        );
    }
    Ok(())
}

// covers: M54
#[odmium::test]
async fn not_modified_brings_what_a_cache_needs(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"0123456789").await?;
    let tag = site.get("/files/file.bin").await.header("etag").to_owned();
    let request = format!(
        "GET /files/file.bin HTTP/1.1\r\nhost: x\r\nif-none-match: {tag}\r\nconnection: close\r\n\r\n"
    );
    let answer = String::from_utf8(site.raw(request.as_bytes()).await).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "");
    let mut lines: Vec<_> = head.lines().filter(|line| !line.starts_with("date:")).collect();
    lines[1..].sort();
    let (status, tag) = ("HTTP/1.1 304 Not Modified", format!("etag: {tag}"));
    let expected = [
        status,
        "cache-control: no-cache",
        "connection: close",
        &tag,
        "last-modified: Mon, 03 Feb 2020 04:05:06 GMT",
        "x-content-type-options: nosniff",
    ];
    assert_eq!(lines, expected);
    Ok(())
}

/// A date is a strong validator only when it tells this revision from every other one.
// covers: M54
#[odmium::test]
async fn a_date_that_two_revisions_share_does_not_resume(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let site = Site::new(bucket.serve()).await;
    let first = bucket.upload_from("f", &b"one one"[..]).await?;
    date(&bucket, first, "2020-02-03T04:05:06.000Z").await?;
    let resume = [("range", "bytes=4-"), ("if-range", DATE)];
    assert_eq!(site.ask("GET", "/files/f", &resume).await.text(), "one");
    let second = bucket.upload_from("f", &b"two two"[..]).await?;
    date(&bucket, second.clone(), "2020-02-03T04:05:06.999Z").await?;
    let answer = site.ask("GET", "/files/f", &resume).await;
    assert_eq!((answer.status, answer.text()), (200, "two two"));
    bucket.delete(second).await?;
    assert_eq!(site.ask("GET", "/files/f", &resume).await.status, 206);

    // One that is dated in the future is dated now, and may change within this second.
    let third = bucket.upload_from("f", &b"three"[..]).await?;
    date(&bucket, third, "2999-01-01T00:00:00Z").await?;
    let answer = site.get("/files/f").await;
    let now = answer.header("last-modified").to_owned();
    assert!(now.ends_with(" GMT") && !now.contains("2999"), "{now}");
    assert_eq!(site.ask("GET", "/files/f", &[("range", "bytes=4-"), ("if-range", &now)]).await.status, 200);
    Ok(())
}

#[odmium::test]
async fn dates_that_no_header_can_say_are_left_out(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let site = Site::new(bucket.serve()).await;
    let id = bucket.upload_from("f", &b"one"[..]).await?;
    date(&bucket, id, "1969-12-31T23:59:59.999Z").await?;
    let answer =
        site.ask("GET", "/files/f", &[("if-unmodified-since", BEFORE), ("if-modified-since", DATE)]).await;
    assert_eq!((answer.status, answer.header("last-modified")), (200, ""));
    let file = bucket.fields();
    let far = bucket.files().update_one(file.filename.eq("f"), file.upload_date.set(DateTime::MAX));
    assert_eq!(far.await?.modified, 1);
    let answer = site.get("/files/f").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("last-modified").ends_with(" GMT"), "now: {answer:?}");
    Ok(())
}
