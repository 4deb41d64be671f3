//! The service in axum, under prefixes of any kind, and in hyper by itself.

use axum::Router;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use odmium::{Database, bson::Document};
use tokio::net::TcpListener;

use crate::support::Site;

// covers: M54
#[odmium::test]
async fn it_mounts_in_axum(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("a/b.txt", &b"text"[..]).await?;
    let router = Router::new()
        .nest_service("/nested", bucket.serve())
        .route_service("/routed/{*name}", bucket.serve().prefix("/routed/"))
        .nest_service("/prefix", bucket.serve().prefix("/a"))
        .fallback_service(bucket.serve());
    let site = Site::of(router).await;
    for (path, status) in [
        ("/nested/a/b.txt", 200),
        ("/nested/a%2Fb.txt", 200),
        ("/nested/routed/a/b.txt", 404),
        ("/routed/a/b.txt", 200),
        ("/routed/other", 404),
        ("/a/b.txt", 200),
        ("/a/b.txt?query=1", 200),
        ("/b.txt", 404),
        ("/prefix/a/b.txt", 404),
        ("/prefix/a/a/b.txt", 200),
        ("/prefix/ab.txt", 404),
        ("/", 404),
    ] {
        assert_eq!(site.get(path).await.status, status, "{path}");
        assert_eq!(site.ask("HEAD", path, &[]).await.status, status, "{path}");
    }
    Ok(())
}

// covers: M54
#[odmium::test]
async fn it_mounts_in_hyper(db: Database) -> odmium::Result<()> {
    let bucket = db.bucket::<Document>();
    bucket.upload_from("f", &b"text"[..]).await?;
    let service = bucket.serve().prefix("/files");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = TowerToHyperService::new(service.clone());
            let http = hyper::server::conn::http1::Builder::new();
            tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
        }
    });
    let client = reqwest::Client::new();
    let ask = async |method, path| {
        let response = client.request(method, format!("http://{address}{path}")).send().await.unwrap();
        let length = response.headers()["content-length"].to_str().unwrap().to_owned();
        (response.status().as_u16(), length, response.text().await.unwrap())
    };
    assert_eq!(ask(reqwest::Method::GET, "/files/f").await, (200, "4".into(), "text".into()));
    assert_eq!(ask(reqwest::Method::HEAD, "/files/f").await, (200, "4".into(), String::new()));
    assert_eq!(ask(reqwest::Method::HEAD, "/files/g").await, (404, "9".into(), String::new()));
    assert_eq!(ask(reqwest::Method::GET, "/files/g").await, (404, "9".into(), "Not Found".into()));
    task.abort();
    Ok(())
}
