//! Requests and stored values that mean harm.

use odmium::{
    Database,
    bson::{Document, doc},
    http::Disposition,
};

use crate::support::{Site, site};

// covers: M54
#[odmium::test]
async fn a_name_is_nothing_but_a_name(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    // Each as it is asked for.
    let names = [
        ("../../etc/passwd", "/files/../../etc/passwd"),
        ("a/../b", "/files/a/%2e%2e/b"),
        ("/etc/passwd", "/files/%2Fetc/passwd"),
        ("a/b", "/files/a%2fb"),
        ("a%2Fb", "/files/a%252Fb"),
        (r"..\..\x", r"/files/..\..\x"),
        ("nul\0.txt", "/files/nul%00.txt"),
        ("x\r\nset-cookie: a=b", "/files/x%0d%0aset-cookie:%20a=b"),
        ("\u{20ac}\u{1f600}\u{202e}", "/files/%E2%82%AC%F0%9F%98%80%E2%80%AE"),
        ("<script>alert(1)</script>", "/files/%3Cscript%3Ealert(1)%3C/script%3E"),
        ("{\"$ne\": null}", "/files/%7B%22$ne%22:%20null%7D"),
        ("$where", "/files/$where"),
        ("a?b#c", "/files/a%3Fb%23c"),
        ("a+b c", "/files/a+b%20c"),
        (";a=b", "/files/;a=b"),
    ];
    for (name, _) in names {
        bucket.upload_from(name, name.as_bytes()).await?;
    }
    let site = Site::new(bucket.serve().disposition(Disposition::Attachment)).await;
    for (name, path) in names {
        let answer = site.raw_get(path.as_bytes()).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {head}");
        assert_eq!(body, name, "{path}");
        assert!(head.is_ascii() && !head.contains("\r\nset-cookie"), "{head}");
        assert_eq!(head.lines().filter(|line| line.starts_with("content-disposition: ")).count(), 1);
    }
    for path in
        ["/files/%2e%2e/%2e%2e/etc/shadow", "/files/nul", "/files/nul%2500.txt", "/files/a/b/", "/files/$ne"]
    {
        assert!(site.raw_get(path.as_bytes()).await.starts_with("HTTP/1.1 404 "), "{path}");
    }
    for path in ["/files/%", "/files/%c0%ae%c0%ae/", "/files/%ED%A0%80", "/files/%u0041"] {
        assert!(site.raw_get(path.as_bytes()).await.starts_with("HTTP/1.1 400 "), "{path}");
    }
    for path in
        [&b"/files/\xff"[..], b"/files/\xe2\x82\xac", b"http://evil/files/none", b"/files/a b", b"files/x"]
    {
        let answer = site.raw_get(path).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") || answer.starts_with("HTTP/1.1 404 "), "{answer}");
    }
    let long = [&b"/files/"[..], &[b'a'; 60_000]].concat();
    assert!(site.raw_get(&long).await.starts_with("HTTP/1.1 4"), "no such file, or too long a line");
    Ok(())
}

// covers: M54
#[odmium::test]
async fn stored_values_add_no_header(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let evil = "a\r\nset-cookie: a=b\r\n\r\n<script>";
    bucket
        .upload_from("f", &b"text"[..])
        .content_type(format!("text/plain; {evil}"))
        .metadata(doc! { "contentEncoding": evil, "sha256": evil })
        .await?;
    bucket.rename_by_name("f", evil).await?;
    bucket.upload_from("g", &b"text"[..]).id(evil).content_type(evil).await?;
    let site = Site::new(bucket.serve().disposition(Disposition::Inline)).await;
    for path in ["/files/a%0d%0aset-cookie:%20a=b%0d%0a%0d%0a%3Cscript%3E", "/files/g"] {
        for range in ["", "range: bytes=0-0,2-2\r\n"] {
            let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{range}\r\n");
            let answer = String::from_utf8(site.raw(request.as_bytes()).await).unwrap();
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with("HTTP/1.1 20"), "{head}");
            assert!(!answer.contains("\r\nset-cookie") && !body.contains("script"), "{answer}");
            assert!(!head.contains("content-encoding"), "{head}");
        }
    }
    Ok(())
}

// covers: M54
#[odmium::test]
async fn odd_headers_are_taken_for_what_they_are_worth(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"0123456789").await?;
    let many_ranges = format!("range: bytes={}", "0-,".repeat(1000));
    let many_tags = format!("if-none-match: {}", "\"x\",".repeat(1000));
    let many_codings = format!("accept-encoding: {}", "x,".repeat(1000));
    for (header, status) in [
        ("range: bytes=\u{e9}-1", 200),
        ("range: bytes=0-1\0", 400),
        ("range:", 200),
        ("if-none-match: \u{20ac}", 200),
        ("if-none-match: \"", 200),
        ("if-none-match: W/", 200),
        ("if-match: \u{20ac}", 412),
        ("if-modified-since: Sun, 06 Nov 1994 08:49:37 CET", 200),
        ("if-modified-since: Mon, 03 Feb 99999 04:05:06 GMT", 200),
        ("if-range: \"\r\nrange: bytes=0-1", 200),
        ("accept-encoding: \u{e9};q=\u{e9}", 200),
        ("accept-encoding: ;;;,,,", 200),
        (&many_ranges, 200),
        (&many_tags, 200),
        (&many_codings, 200),
    ] {
        let request =
            format!("GET /files/file.bin HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{header}\r\n\r\n");
        let answer = String::from_utf8_lossy(&site.raw(request.as_bytes()).await).into_owned();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{header}: {answer}");
        assert!(status != 200 || answer.ends_with("\r\n\r\n0123456789"), "{header}: {answer}");
    }
    Ok(())
}

/// Two requests in one packet, and a HEAD between them: no answer runs into the next one.
// covers: M54
#[odmium::test]
async fn answers_keep_apart_on_one_connection(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"0123456789").await?;
    let request =
        |method: &str, rest: &str| format!("{method} /files/file.bin HTTP/1.1\r\nhost: x\r\n{rest}\r\n");
    let requests = [
        request("HEAD", ""),
        request("GET", "range: bytes=0-2\r\n"),
        request("GET", "if-none-match: *\r\n"),
        request("GET", "if-match: \"x\"\r\n"),
        request("OPTIONS", ""),
        request("GET", "connection: close\r\n"),
    ];
    let answer = String::from_utf8(site.raw(requests.concat().as_bytes()).await).unwrap();
    let statuses: Vec<_> = answer.split("HTTP/1.1 ").skip(1).map(|one| &one[..3]).collect();
    assert_eq!(statuses, ["200", "206", "304", "412", "204", "200"], "{answer}");
    assert!(answer.contains("\r\n\r\n012HTTP/1.1 304") && answer.ends_with("\r\n\r\n0123456789"), "{answer}");
    Ok(())
}
