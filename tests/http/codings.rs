//! Content that is stored compressed.

use odmium::{
    Database,
    bson::{Document, doc},
    http::{ByName, Coding, Disposition},
};

use crate::support::{Site, content};

// covers: M54
#[odmium::test]
async fn a_file_that_is_stored_in_a_coding_is_sent_in_it(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    // Not really compressed: the service does not look into it.
    bucket.upload_from("app.js", &b"gzipped"[..]).metadata(doc! { "contentEncoding": "gzip" }).await?;
    bucket.upload_from("b.css.br", &b"brotli"[..]).metadata(doc! { "contentEncoding": "BR" }).await?;
    bucket.upload_from("odd.txt", &b"odd"[..]).metadata(doc! { "contentEncoding": "gzip\r\nx: y" }).await?;
    let mut upload = bucket.open_upload_stream("c.txt").await?;
    upload.set("contentEncoding", "zstd").await?;
    upload.write_all(b"zstd").await?;
    upload.close().await?;
    let site = Site::new(bucket.serve()).await;

    for (path, accepted, media_type, coding) in [
        ("/files/app.js", Some("gzip, br"), "text/javascript", "gzip"),
        ("/files/app.js", Some("x-gzip"), "text/javascript", "gzip"),
        ("/files/app.js", Some("*"), "text/javascript", "gzip"),
        ("/files/app.js", None, "text/javascript", "gzip"),
        ("/files/b.css.br", Some("br"), "text/css", "br"),
        ("/files/c.txt", Some("zstd;q=0.1"), "text/plain", "zstd"),
    ] {
        let headers: Vec<_> = accepted.map(|accepted| ("accept-encoding", accepted)).into_iter().collect();
        let answer = site.ask("GET", path, &headers).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, coding), "{path} {accepted:?}");
        assert_eq!((answer.header("content-type"), answer.header("vary")), (media_type, "accept-encoding"));
        assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    }
    for accepted in ["", "br", "identity", "gzip;q=0", "gzip;q=0, *", "*;q=0"] {
        let answer = site.ask("GET", "/files/app.js", &[("accept-encoding", accepted)]).await;
        assert_eq!((answer.status, answer.header("vary")), (406, "accept-encoding"), "{accepted}");
        assert_eq!(answer.text(), "Not Acceptable");
    }
    let odd = site.get("/files/odd.txt").await;
    assert_eq!((odd.status, odd.header("content-encoding"), odd.header("x")), (200, "", ""));

    let tag = site.get("/files/app.js").await.header("etag").to_owned();
    let known = site.ask("GET", "/files/app.js", &[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.header("vary")), (304, "accept-encoding"));
    let part = site.ask("GET", "/files/app.js", &[("range", "bytes=0-3")]).await;
    assert_eq!((part.status, part.text(), part.header("content-encoding")), (206, "gzip", "gzip"));
    // What would be decoded there: the parts, or all of them with what is in between?
    let parts = site.ask("GET", "/files/app.js", &[("range", "bytes=0-1,4-5")]).await;
    assert_eq!((parts.status, parts.text()), (200, "gzipped"));
    Ok(())
}

// covers: M54
#[odmium::test]
async fn siblings_are_chosen_by_what_the_client_likes(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let service = bucket.serve().disposition(Disposition::Inline);
    let site =
        Site::new(service.lookup(ByName::new().siblings([Coding::GZIP, Coding::BROTLI, Coding::ZSTD]))).await;
    let ask = async |accepted: &str| {
        let answer = site.ask("GET", "/files/app.js", &[("accept-encoding", accepted)]).await;
        (answer.status, answer.header("content-encoding").to_owned(), answer.body.len())
    };
    bucket.upload_from("app.js.gz", &content(50)[..]).content_type("application/gzip").await?;
    assert_eq!(ask("gzip").await.0, 404, "a sibling is beside a file");
    bucket.upload_from("app.js", &content(100)[..]).content_type("text/javascript").await?;
    assert_eq!(ask("gzip").await, (200, String::new(), 100), "older than the file");
    let plain = site.get("/files/app.js").await;
    assert_eq!(plain.header("vary"), "accept-encoding");
    bucket.upload_from("app.js.gz", &content(50)[..]).content_type("application/gzip").await?;
    bucket.upload_from("app.js.br", &content(40)[..]).await?;
    bucket.upload_from("app.js.zst", &content(200)[..]).await?;

    for (accepted, coding, length) in [
        ("", "", 100),
        ("identity", "", 100),
        ("gzip", "gzip", 50),
        ("gzip, br", "br", 40),
        ("gzip, br, zstd", "br", 40),
        ("gzip, br;q=0.9", "gzip", 50),
        ("gzip;q=0.5, identity", "", 100),
        ("gzip, identity", "gzip", 50),
        ("zstd, identity", "", 100),
        ("zstd", "zstd", 200),
        ("*", "br", 40),
        ("deflate, *;q=0.1", "br", 40),
        ("identity;q=0, zstd;q=0.001", "zstd", 200),
    ] {
        assert_eq!(ask(accepted).await, (200, coding.to_owned(), length), "{accepted}");
    }
    assert_eq!(ask("identity;q=0, deflate").await.0, 406);
    assert_eq!(site.get("/files/app.js").await.body.len(), 100, "who says nothing may know no coding");

    let zipped = site.ask("GET", "/files/app.js", &[("accept-encoding", "gzip")]).await;
    assert_eq!(zipped.header("content-type"), "text/javascript");
    assert_eq!(zipped.header("content-disposition"), "inline; filename=\"app.js\"");
    assert_eq!(zipped.header("vary"), "accept-encoding");
    assert_ne!(zipped.header("etag"), plain.header("etag"));
    let headers = [("accept-encoding", "gzip"), ("if-none-match", plain.header("etag"))];
    assert_eq!(site.ask("GET", "/files/app.js", &headers).await.status, 200);
    assert_eq!(site.get("/files/app.js.gz").await.header("content-type"), "application/gzip", "as it is");
    Ok(())
}
