//! What an application decides by itself.

use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, request::Parts};
use odmium::{
    Database,
    bson::{Bson, Document, doc, oid::ObjectId},
    gridfs::{Bucket, File},
    http::{ById, Caching, ExtraHeaders, Found, HookError, Lookup, Variant, async_trait},
    prelude::*,
};

use crate::support::Site;

// covers: M54
#[odmium::test]
async fn files_are_found_by_id(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    let (first, second) =
        (bucket.upload_from("f", &b"one"[..]).await?, bucket.upload_from("f", &b"two"[..]).await?);
    bucket.upload_from("g", &b"text"[..]).id("a/b \u{20ac}").await?;
    let site = Site::new(bucket.serve().lookup(ById)).await;
    let hex = |id: &Bson| id.as_object_id().unwrap().to_hex();
    assert_eq!(site.get(&format!("/files/{}", hex(&first))).await.text(), "one");
    assert_eq!(site.get(&format!("/files/{}", hex(&second).to_uppercase())).await.text(), "two");
    assert_eq!(site.get("/files/a%2Fb%20%E2%82%AC").await.text(), "text");
    for absent in ["/files/f", &format!("/files/{}", ObjectId::new().to_hex()), "/files/", "/files/%00"] {
        assert_eq!(site.get(absent).await.status, 404, "{absent}");
    }
    Ok(())
}

#[derive(Embedded, Clone, Debug)]
struct Photo {
    owner: String,
}

/// Finds by the revision in the query, for the owner only.
struct OwnRevisions;

#[async_trait]
impl Lookup<Photo> for OwnRevisions {
    async fn find(
        &self,
        bucket: &Bucket<Photo>,
        name: &str,
        request: &Parts,
    ) -> Result<Found<Photo>, HookError> {
        let answer = |status: StatusCode| Response::builder().status(status);
        if name == "old" {
            let moved = answer(StatusCode::MOVED_PERMANENTLY).header("location", "/files/new").body(())?;
            return Ok(Found::Answer(moved));
        }
        let Some(user) = request.headers.get("x-user") else {
            let refusal = answer(StatusCode::UNAUTHORIZED).header("www-authenticate", "Basic");
            return Ok(Found::Answer(refusal.body(())?));
        };
        let revision = request.uri.query().unwrap_or("-1").parse()?;
        let found = bucket.open_download_stream_by_name(name).revision(revision).await?;
        let is_own = found.file().metadata.as_ref().is_some_and(|photo| photo.owner == *user);
        match is_own {
            true => Ok(found.file().clone().into()),
            false => Ok(Found::Answer(answer(StatusCode::FORBIDDEN).body(())?)),
        }
    }
}

// covers: M54
#[odmium::test]
async fn a_lookup_of_ones_own_decides(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Photo>();
    for text in ["one", "two"] {
        bucket.upload_from("cat.jpg", text.as_bytes()).metadata(Photo { owner: "ann".into() }).await?;
    }
    let router = axum::Router::new().nest_service("/files", bucket.serve().lookup(OwnRevisions));
    let site = Site::of(router).await;
    for (path, user, status, text) in [
        ("/files/cat.jpg", "ann", 200, "two"),
        ("/files/cat.jpg?0", "ann", 200, "one"),
        ("/files/cat.jpg?-2", "ann", 200, "one"),
        ("/files/cat.jpg?7", "ann", 404, "Not Found"),
        ("/files/dog.jpg", "ann", 404, "Not Found"),
        // An error that is none of this crate's.
        ("/files/cat.jpg?x", "ann", 500, "Internal Server Error"),
        ("/files/cat.jpg", "bob", 403, ""),
    ] {
        let answer = site.ask("GET", path, &[("x-user", user)]).await;
        assert_eq!((answer.status, answer.text()), (status, text), "{path} {user}");
    }
    let refused = site.get("/files/cat.jpg").await;
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, "Basic"));
    let request = b"GET /files/old HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let moved = String::from_utf8(site.raw(request).await).unwrap();
    assert!(moved.starts_with("HTTP/1.1 301 ") && moved.contains("location: /files/new\r\n"), "{moved}");
    Ok(())
}

/// Gives the same file in a coding and without.
struct Both;

#[async_trait]
impl Lookup<Document> for Both {
    async fn find(
        &self,
        bucket: &Bucket<Document>,
        name: &str,
        _: &Parts,
    ) -> Result<Found<Document>, HookError> {
        let file = bucket.fields();
        let raw = Filter::raw(doc! { "metadata.of": name });
        let files = bucket.find(file.filename.eq(name) | raw).await?;
        Ok(Found::Variants(files.into_iter().map(Variant::new).collect()))
    }
}

// covers: M54
#[odmium::test]
async fn a_lookup_may_find_several_codings_or_none(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &b"plain"[..]).await?;
    let metadata = doc! { "of": "f", "contentEncoding": "br" };
    bucket.upload_from("f-br", &b"br"[..]).metadata(metadata).await?;
    let site = Site::new(bucket.serve().lookup(Both)).await;
    for (accepted, text) in [("br", "br"), ("gzip", "plain"), ("br;q=0.2, identity", "plain")] {
        assert_eq!(site.ask("GET", "/files/f", &[("accept-encoding", accepted)]).await.text(), text);
    }
    assert_eq!(site.get("/files/g").await.status, 404);
    Ok(())
}

/// Headers by the request, as well as by the file.
struct Echo;

#[async_trait]
impl ExtraHeaders<Document> for Echo {
    async fn extra_headers(
        &self,
        file: &File<Document>,
        request: &Parts,
        headers: &mut HeaderMap,
    ) -> Result<(), HookError> {
        if request.uri.query() == Some("fail") {
            return Err("a secret of the hook".into());
        }
        headers.insert("x-length", file.length.into());
        headers.insert("etag", HeaderValue::from_static("W/\"mine\""));
        headers.insert("content-length", HeaderValue::from_static("1"));
        headers.insert("content-range", HeaderValue::from_static("bytes 0-0/1"));
        headers.insert("transfer-encoding", HeaderValue::from_static("chunked"));
        headers.insert("cache-control", HeaderValue::from_static("s-maxage=5"));
        Ok(())
    }
}

// covers: M54
#[odmium::test]
async fn further_headers(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &b"text"[..]).await?;
    let sandbox = |_: &File<Document>, headers: &mut HeaderMap| {
        headers.insert("content-security-policy", HeaderValue::from_static("sandbox"));
    };
    let site = Site::new(bucket.serve().extra_headers(sandbox)).await;
    let answer = site.get("/files/f").await;
    assert_eq!((answer.text(), answer.header("content-security-policy")), ("text", "sandbox"));

    let site = Site::new(bucket.serve().cache(Caching::NEVER).extra_headers(Echo)).await;
    let answer = site.get("/files/f").await;
    assert_eq!((answer.status, answer.text(), answer.header("x-length")), (200, "text", "4"));
    assert_eq!((answer.header("content-length"), answer.header("content-range")), ("4", ""));
    assert_eq!((answer.header("transfer-encoding"), answer.header("cache-control")), ("", "s-maxage=5"));
    // The conditions see the tag of the hook: a weak one, which never matches strongly.
    let status = async |name, value| {
        site.ask("GET", "/files/f", &[(name, value), ("range", "bytes=1-2")]).await.status
    };
    assert_eq!(status("if-none-match", "\"mine\"").await, 304);
    assert_eq!(status("if-match", "W/\"mine\"").await, 412);
    assert_eq!(status("if-range", "W/\"mine\"").await, 200);
    let failed = site.get("/files/f?fail").await;
    assert_eq!((failed.status, failed.text()), (500, "Internal Server Error"));
    assert_eq!(failed.header("x-length"), "");
    Ok(())
}
