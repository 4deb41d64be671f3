//! The statuses and headers of plain requests.

use odmium::{Database, bson::Document, http::Disposition};

use crate::support::{Site, content, site};

// covers: M54
#[odmium::test]
async fn a_file_is_given_with_its_headers(db: Database) -> odmium::Result<()> {
    let bytes = content(1000);
    let site = site(&db, &bytes).await?;
    let get = site.get("/files/file.bin").await;
    assert_eq!((get.status, &get.body), (200, &bytes));
    for (name, value) in [
        ("content-type", "application/octet-stream"),
        ("content-length", "1000"),
        ("last-modified", "Mon, 03 Feb 2020 04:05:06 GMT"),
        ("cache-control", "no-cache"),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
        // Nothing of these.
        ("expires", ""),
        ("vary", ""),
        ("content-encoding", ""),
        ("content-disposition", ""),
        ("content-range", ""),
        ("transfer-encoding", ""),
    ] {
        assert_eq!(get.header(name), value, "{name}");
    }
    let tag = get.header("etag");
    assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "a strong one: {tag}");

    let head = site.ask("HEAD", "/files/file.bin", &[]).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    let without_date = |mut headers: reqwest::header::HeaderMap| {
        headers.remove("date");
        headers
    };
    assert_eq!(without_date(head.headers), without_date(get.headers));
    Ok(())
}

// covers: M54
#[odmium::test]
async fn what_is_not_there_is_404_and_says_no_more(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"x").await?;
    for path in ["/files/other", "/files/", "/files", "/files/file.bin/", "/files/FILE.BIN", "/files/file"] {
        let get = site.get(path).await;
        assert_eq!((get.status, get.text()), (404, "Not Found"), "{path}");
        assert_eq!((get.header("content-type"), get.header("etag")), ("text/plain", ""));
        assert_eq!(get.header("x-content-type-options"), "nosniff");
        let head = site.ask("HEAD", path, &[]).await;
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (404, "9", 0));
        let conditional = site.ask("GET", path, &[("if-match", "\"x\""), ("if-none-match", "*")]).await;
        assert_eq!(conditional.status, 404, "without the condition it would not be a success");
    }
    assert_eq!(site.get("/files/%ff").await.status, 400);
    assert_eq!(site.get("/files/%zz").await.status, 400);
    Ok(())
}

// covers: M54
#[odmium::test]
async fn other_methods_are_405_and_options_tells_which_there_are(db: Database) -> odmium::Result<()> {
    let site = site(&db, b"x").await?;
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
        for path in ["/files/file.bin", "/files/other"] {
            let answer = site.ask(method, path, &[("if-match", "\"x\""), ("range", "bytes=5-")]).await;
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method}");
            assert_eq!(answer.text(), "Method Not Allowed");
        }
    }
    for path in ["/files/file.bin", "/files/other"] {
        let answer = site.ask("OPTIONS", path, &[]).await;
        assert_eq!((answer.status, answer.header("allow")), (204, "GET, HEAD, OPTIONS"));
        assert_eq!((answer.body.len(), answer.header("content-length")), (0, ""));
    }
    // The content of a request means nothing; it is not waited for.
    let answer = site.raw(
        b"POST /files/file.bin HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999\r\nconnection: close\r\n\r\nx",
    );
    assert!(String::from_utf8_lossy(&answer.await).starts_with("HTTP/1.1 405 "));
    Ok(())
}

// covers: M54
#[odmium::test]
async fn the_media_type_is_the_stored_one_or_a_guess(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    // Name, stored media type; what is sent.
    for (name, stored, expected) in [
        ("cat.jpg", None, "image/jpeg"),
        ("cat.JPG", None, "image/jpeg"),
        ("page.html", None, "text/html"),
        ("film.mp4", None, "video/mp4"),
        ("a.tar.gz", None, "application/gzip"),
        ("none", None, "application/octet-stream"),
        ("odd.qqq", None, "application/octet-stream"),
        (".png", None, "application/octet-stream"),
        ("b.jpg", Some("text/plain; charset=utf-8"), "text/plain; charset=utf-8"),
        ("c.jpg", Some("my type"), "image/jpeg"),
        ("d.jpg", Some(""), "image/jpeg"),
        ("e.jpg", Some("text/html\r\nset-cookie: a=b"), "image/jpeg"),
        ("f", Some("text/h\u{fc}ml"), "application/octet-stream"),
    ] {
        let mut upload = bucket.upload_from(name, &b"x"[..]);
        if let Some(stored) = stored {
            upload = upload.content_type(stored);
        }
        upload.await?;
        let site = Site::new(bucket.serve()).await;
        let answer = site.get(&format!("/files/{name}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, expected), "{name} {stored:?}");
        assert_eq!(answer.header("set-cookie"), "");
    }
    Ok(())
}

// covers: M54
#[odmium::test]
async fn the_newest_revision_is_served_with_another_tag(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let site = Site::new(bucket.serve()).await;
    let mut tags = Vec::new();
    for text in ["one", "two", "two", ""] {
        bucket.upload_from("f", text.as_bytes()).await?;
        let answer = site.get("/files/f").await;
        assert_eq!((answer.status, answer.text()), (200, text));
        assert_eq!(answer.header("content-length"), text.len().to_string());
        tags.push(answer.header("etag").to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4, "{tags:?}");

    // With its SHA-256 stored, the same content has the same tag, unless its media type differs.
    let mut tags = Vec::new();
    for (text, media_type) in
        [("one", "text/plain"), ("one", "text/plain"), ("one", "text/html"), ("two", "text/html")]
    {
        bucket.upload_from("f", text.as_bytes()).sha256().content_type(media_type).await?;
        tags.push(site.get("/files/f").await.header("etag").to_owned());
    }
    assert!(tags[0] == tags[1] && tags[1] != tags[2] && tags[2] != tags[3], "{tags:?}");
    Ok(())
}

// covers: M54
#[odmium::test]
async fn a_browser_is_told_whether_to_save(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("a/\u{20ac}.txt", &b"x"[..]).await?;
    for (disposition, expected) in [
        (Disposition::Attachment, r#"attachment; filename="_.txt"; filename*=UTF-8''%E2%82%AC.txt"#),
        (Disposition::Inline, r#"inline; filename="_.txt"; filename*=UTF-8''%E2%82%AC.txt"#),
    ] {
        let site = Site::new(bucket.serve().disposition(disposition)).await;
        let answer = site.get("/files/a/%E2%82%AC.txt").await;
        assert_eq!((answer.status, answer.header("content-disposition")), (200, expected));
    }
    Ok(())
}
