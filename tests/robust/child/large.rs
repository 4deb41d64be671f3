//! A large file in every way that it can pass through a process, and how much memory that has taken at most.

use std::fs;

use axum::Router;
use odmium::{Database, Result, bson::Document, prelude::*};
use odmium_tests::content::Content;
use tokio::{
    io::{AsyncReadExt, AsyncSeekExt, copy},
    net::TcpListener,
};

use crate::step;

/// In KiB, since the process began.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

async fn done(what: &str) {
    step(&format!("{what} {}", most_memory())).await;
}

pub(crate) async fn run(db: Database, length: &str) -> Result<()> {
    let length: u64 = length.parse().unwrap();
    let bucket = db.bucket::<Document>();
    bucket.files().count(Filter::everything()).await?;
    done("connected").await;

    let mut upload = bucket.open_upload_stream("written").await?;
    copy(&mut Content::new(length / 8), &mut upload).await.unwrap();
    upload.close().await?;
    let id = bucket.upload_from("file", Content::new(length)).sha256().await?;
    done("uploaded").await;

    assert_eq!(bucket.download_to(id.clone(), Content::new(length)).await?, length);
    let mut download = bucket.open_download_stream(id).await?;
    download.seek(std::io::SeekFrom::Start(length / 2)).await.unwrap();
    let mut checked = Content::at(length / 2, length);
    copy(&mut (&mut download).take(length / 4), &mut checked).await.unwrap();
    while let Some(chunk) = download.read_chunk().await? {
        checked.check(&chunk);
    }
    assert!(checked.is_complete());
    done("downloaded").await;

    let chunks = db.collection_named::<Document>("fs.chunks");
    let (mut bytes, mut cursor) = (0, chunks.find(Filter::everything()).cursor().await?);
    while let Some(chunk) = cursor.try_next().await? {
        bytes += chunk.get_binary_generic("data").unwrap().len() as u64;
    }
    assert_eq!(bytes, length + length / 8);
    done("read").await;

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let router = Router::new().nest_service("/files", bucket.serve());
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    step(&format!("listening {address}")).await;
    done("served").await;
    Ok(())
}
