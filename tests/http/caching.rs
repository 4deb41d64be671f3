//! How long what was received may be kept.

use std::time::{Duration, SystemTime};

use odmium::{
    Database,
    bson::{DateTime, Document},
    gridfs::File,
    http::Caching,
};

use crate::support::{Answer, Site};

/// `Expires` beside `Date`, in seconds.
fn expires_after(answer: &Answer) -> u64 {
    let seconds = |name| {
        let date = httpdate::parse_http_date(answer.header(name)).unwrap();
        date.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
    };
    seconds("expires") - seconds("date")
}

// covers: M54
#[odmium::test]
async fn cache_control_and_expires_say_the_same(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &b"x"[..]).await?;
    let hour = Duration::from_secs(3600);
    for (caching, expected, seconds) in [
        (Caching::REVALIDATE, "no-cache", None),
        (Caching::REVALIDATE.private(), "private, no-cache", None),
        (Caching::NEVER, "no-store", None),
        (Caching::NEVER.private(), "no-store", None),
        (Caching::max_age(hour), "public, max-age=3600", Some(3600)),
        (Caching::max_age(hour).private(), "private, max-age=3600", Some(3600)),
        (Caching::max_age(hour).immutable(), "public, max-age=3600, immutable", Some(3600)),
        (Caching::max_age(Duration::from_millis(999)), "no-cache", None),
        (Caching::max_age(Duration::MAX), "public, max-age=2147483647", Some(2_147_483_647)),
    ] {
        let site = Site::new(bucket.serve().cache(caching)).await;
        for (method, tag, status) in [("GET", "\"x\"", 200), ("HEAD", "\"x\"", 200), ("GET", "*", 304)] {
            let answer = site.ask(method, "/files/f", &[("if-none-match", tag)]).await;
            assert_eq!((answer.status, answer.header("cache-control")), (status, expected));
            match seconds {
                None => assert_eq!(answer.header("expires"), ""),
                // The two dates may be told on both sides of a second.
                Some(seconds) => assert!(expires_after(&answer).abs_diff(seconds) <= 1, "{answer:?}"),
            }
        }
        assert_eq!(site.get("/files/other").await.header("cache-control"), "");
    }
    Ok(())
}

// covers: M54
#[odmium::test]
async fn a_policy_decides_by_the_file_and_its_media_type(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("cat.jpg", &b"x"[..]).await?;
    bucket.upload_from("page.html", &b"x"[..]).await?;
    let site = Site::new(bucket.serve().cache(|file: &File<Document>, media_type: &str| {
        assert!(file.length == 1 && file.upload_date <= DateTime::now());
        match media_type {
            "image/jpeg" => Caching::max_age(Duration::from_secs(9)),
            _ => Caching::NEVER,
        }
    }))
    .await;
    assert_eq!(site.get("/files/cat.jpg").await.header("cache-control"), "public, max-age=9");
    assert_eq!(site.get("/files/page.html").await.header("cache-control"), "no-store");
    Ok(())
}
