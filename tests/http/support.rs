//! A site with a bucket, and what is asked of it.

use std::net::SocketAddr;

use axum::Router;
use odmium::{
    Database,
    bson::{Bson, DateTime, Document},
    gridfs::Bucket,
    http::FileService,
};
pub(crate) use odmium_tests::content::content;
use reqwest::{Method, header::HeaderMap};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// An HTTP server that ends with the test.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    client: reqwest::Client,
    task: JoinHandle<()>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's only value; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().map_or("", |value| value.to_str().unwrap());
        assert!(values.next().is_none(), "{name} twice: {self:?}");
        value
    }

    /// The body as text, for errors: they say nothing but their name.
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

impl Site {
    /// Serves at `/files`.
    pub(crate) async fn new(service: FileService<Document>) -> Self {
        Self::of(Router::new().nest_service("/files", service)).await
    }

    pub(crate) async fn of(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, client: reqwest::Client::new(), task }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) async fn open(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> reqwest::Result<reqwest::Response> {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.client.request(method, self.url(path));
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let response = self.open(method, path, headers).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    /// Sends bytes as they are, and reads until the server closes the connection.
    pub(crate) async fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        // A refused request may be answered by a reset behind the answer.
        let _ = stream.read_to_end(&mut answer).await;
        answer
    }

    /// Asks for a path that no client would send so.
    pub(crate) async fn raw_get(&self, path: &[u8]) -> String {
        let request = [b"GET ", path, b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"].concat();
        String::from_utf8_lossy(&self.raw(&request).await).into_owned()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A site with one file, `file.bin`, of small chunks, uploaded on 3 February 2020.
pub(crate) async fn site(db: &Database, content: &[u8]) -> odmium::Result<Site> {
    let bucket = db.bucket::<Document>().chunk_size(7);
    let id = bucket.upload_from("file.bin", content).await?;
    date(&bucket, id, "2020-02-03T04:05:06.789Z").await?;
    Ok(Site::new(bucket.serve()).await)
}

/// Changes the date of a file.
pub(crate) async fn date(bucket: &Bucket<Document>, id: Bson, date: &str) -> odmium::Result<()> {
    let file = bucket.fields();
    let date = DateTime::parse_rfc3339_str(date).unwrap();
    let updated = bucket.files().update_one(file.id.eq(id), file.upload_date.set(date)).await?;
    assert_eq!(updated.matched, 1);
    Ok(())
}
