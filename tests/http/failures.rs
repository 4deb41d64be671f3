//! What goes wrong on the way.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use http_body_util::BodyExt;
use odmium::{
    Client, Database, Update,
    bson::{Binary, Document, doc},
    prelude::*,
};
use tower_service::Service;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::support::{Site, content};

/// Removes a chunk of the newest file.
async fn lose(db: &Database, n: i32) -> odmium::Result<()> {
    let chunks = db.collection_named::<Document>("fs.chunks");
    assert_eq!(chunks.delete_many(Filter::raw(doc! { "n": n })).await?, 1);
    Ok(())
}

// covers: M54, M53
#[odmium::test]
async fn damage_that_is_seen_at_once_is_500_without_detail(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>().chunk_size(1000);
    bucket.upload_from("f", &content(10_000)[..]).await?;
    lose(&db, 0).await?;
    let site = Site::new(bucket.serve()).await;
    for range in ["bytes=9-", "bytes=0-"] {
        let answer = site.ask("GET", "/files/f", &[("range", range)]).await;
        assert_eq!((answer.status, answer.text()), (500, "Internal Server Error"));
        assert_eq!((answer.header("etag"), answer.header("content-range")), ("", ""));
    }
    assert_eq!(site.ask("HEAD", "/files/f", &[]).await.status, 200, "its content is not looked at");
    assert_eq!(site.ask("GET", "/files/f", &[("if-none-match", "*")]).await.status, 304);

    let id = bucket.upload_from("empty", &b""[..]).await?;
    let extra = doc! { "files_id": id, "n": 0, "data": Binary { subtype: 0.into(), bytes: vec![1] } };
    db.collection_named::<Document>("fs.chunks").insert(&extra).await?;
    assert_eq!(site.get("/files/empty").await.status, 500);

    db.collection_named::<Document>("fs.files")
        .insert(&doc! { "_id": 1, "filename": "nonsense", "length": "long" })
        .await?;
    let answer = site.get("/files/nonsense").await;
    assert_eq!((answer.status, answer.text()), (500, "Internal Server Error"));
    Ok(())
}

// covers: M54, M53
#[odmium::test]
async fn damage_on_the_way_breaks_the_transfer(db: Database) -> odmium::Result<()> {
    let (bytes, bucket) = (content(12 << 20), db.bucket::<Document>());
    bucket.upload_from("f", &bytes[..]).await?;
    lose(&db, 40).await?;
    let site = Site::new(bucket.serve()).await;
    let mut response = site.open("GET", "/files/f", &[]).await.unwrap();
    assert_eq!((response.status().as_u16(), response.content_length()), (200, Some(12 << 20)));
    let mut received = 0;
    let error = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                assert!(bytes[received..].starts_with(&chunk));
                received += chunk.len();
            }
            Ok(None) => panic!("it looks whole after {received} bytes"),
            Err(error) => break error,
        }
    };
    assert!((1 << 20..40 * 255 * 1024).contains(&received), "{received}: {error:?}");
    Ok(())
}

// covers: M54
#[odmium::test]
async fn a_content_that_does_not_fit_its_sha_256_never_ends_well(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &content(3 << 20)[..]).sha256().await?;
    let mut changed = content(255 * 1024);
    changed[77] ^= 1;
    let data = Binary { subtype: 0.into(), bytes: changed };
    let update = Update::raw(doc! { "$set": { "data": data } });
    db.collection_named::<Document>("fs.chunks").update_one(Filter::raw(doc! { "n": 0 }), update).await?;
    let site = Site::new(bucket.serve()).await;
    let response = site.open("GET", "/files/f", &[]).await.unwrap();
    assert!(response.bytes().await.is_err());
    Ok(())
}

// covers: M54
#[odmium::test]
async fn a_file_that_is_deleted_while_it_is_asked_for(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &content(1000)[..]).await?;
    let site = Site::new(bucket.serve().lookup(DeletedMeanwhile)).await;
    assert_eq!(site.get("/files/f").await.status, 404);
    Ok(())
}

struct DeletedMeanwhile;

#[odmium::http::async_trait]
impl odmium::http::Lookup<Document> for DeletedMeanwhile {
    async fn find(
        &self,
        bucket: &odmium::gridfs::Bucket<Document>,
        name: &str,
        _: &axum::http::request::Parts,
    ) -> Result<odmium::http::Found<Document>, odmium::http::HookError> {
        let file = bucket.find(bucket.fields().filename.eq(name)).one().await?;
        bucket.delete(file.id.clone()).await?;
        Ok(file.into())
    }
}

// covers: M54
#[tokio::test]
async fn a_server_that_is_away_is_503() -> odmium::Result<()> {
    // A port that nobody listens at any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let uri = format!("mongodb://127.0.0.1:{port}/?serverSelectionTimeoutMS=100");
    let client = Client::connect(&uri).await?;
    let site = Site::new(client.database("x").bucket::<Document>().serve()).await;
    for method in ["GET", "HEAD"] {
        let answer =
            tokio::time::timeout(Duration::from_secs(20), site.ask(method, "/files/f", &[])).await.unwrap();
        assert_eq!((answer.status, answer.header("content-length")), (503, "19"));
    }
    assert_eq!(site.get("/files/f").await.text(), "Service Unavailable");
    Ok(())
}

/// The texts of events of the level ERROR.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        struct Text(String);
        impl tracing::field::Visit for Text {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn fmt::Debug) {
                self.0.push_str(&format!("{}: {value:?}; ", field.name()));
            }
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        if *event.metadata().level() == tracing::Level::ERROR {
            self.0.lock().unwrap().push(text.0);
        }
    }
}

// covers: M54
#[odmium::test]
async fn the_operator_is_told_what_the_client_is_not(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &content(3 << 20)[..]).await?;
    lose(&db, 10).await?;
    let (mut service, log) = (bucket.serve(), Log::default());
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(log.clone()));
    let mut texts = Vec::new();
    for (path, range) in [("/f", "bytes=2700000-"), ("/f", "bytes=0-"), ("/none", "bytes=0-")] {
        let request = axum::http::Request::get(path).header("range", range).body(()).unwrap();
        let response = service.call(request).await.unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.map(|body| body.to_bytes());
        texts.push((status, body.is_ok(), log.0.lock().unwrap().drain(..).collect::<String>()));
    }
    assert_eq!((texts[0].0, texts[0].1), (500, true));
    assert!(
        texts[0].2.starts_with("message: a request over HTTP failed; error: the file with _id "),
        "{texts:?}"
    );
    assert_eq!((texts[1].0, texts[1].1), (206, false));
    assert!(texts[1].2.starts_with("message: an answer over HTTP broke off; error: "), "{texts:?}");
    assert!(texts[..2].iter().all(|(.., text)| text.contains("its chunk 10 is missing")), "{texts:?}");
    assert_eq!(texts[2], (404, true, String::new()));
    Ok(())
}
