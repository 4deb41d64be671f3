//! P6: files, on a real server.

use std::sync::Arc;

use futures_util::io::{AsyncReadExt as _, AsyncWriteExt as _};
use odmium::{
    bson::{Bson, Document, oid::ObjectId},
    gridfs::Bucket,
    mongodb::gridfs::GridFsBucket,
};
use tokio::io::AsyncWriteExt as _;

use super::python::Python;
use crate::{
    Result,
    measure::{Clock, Cost, Rounds, operations},
    report::{Goal::Faster, Row},
    server::{on_database, uri},
};

const MB: usize = 1_000_000;
const KIB: usize = 1024;
const ROUNDS: usize = 5;
/// Files, and bytes of each.
const SHAPES: [(usize, usize, &str); 2] =
    [(1, 50 * MB, "one file of 50 MB"), (50, 5 * MB, "50 files of 5 MB")];
/// Bytes of each call, and the goals of writing and reading; whole is one call.
const PIECES: [(usize, &str, f64, f64); 3] =
    [(8 * KIB, "8 KiB", 2.5, 4.0), (64 * KIB, "64 KiB", 2.5, 4.0), (usize::MAX, "whole", 2.5, 2.0)];

/// The pieces in which `PyMongo` is compared: those in which files are mostly streamed.
const STREAMED: usize = 64 * KIB;

const SCRIPT: &str = include_str!("files.py");

pub(super) fn files() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (files, bytes, shape) in SHAPES {
        for (piece, name, write, read) in PIECES {
            let rounds = on_database(|database| async move {
                let sides = Sides::new(&database, files, bytes, piece);
                let writing = operations(ROUNDS, || sides.clone().upload(), || sides.clone().driver_upload());
                let writing = writing.await?;
                let ids = sides.prepare().await?;
                let reading = operations(
                    ROUNDS,
                    || sides.clone().download(&ids),
                    || sides.clone().driver_download(&ids),
                );
                Ok((writing, reading.await?))
            });
            let (writing, reading): (Rounds, Rounds) = rounds?;
            for (work, rounds, goal) in [("upload", &writing, write), ("download", &reading, read)] {
                let work = format!("{work} {shape}, {name}");
                rows.push(Row::wall("P6", &work, "driver's bucket", rounds).goal(Faster(goal)));
                // The part of the client, which the load of the machine and of the server does not disturb.
                rows.push(Row::cpu("P6", &work, "driver's bucket", rounds));
            }
        }
    }
    if let Some(python) = Python::install()? {
        let python = Arc::new(python);
        for (files, bytes, shape) in SHAPES {
            let rounds = against_python(Arc::clone(&python), files, bytes)?;
            for (work, rounds) in ["upload", "download"].into_iter().zip(&rounds) {
                let work = format!("{work} {shape}, 64 KiB");
                rows.push(Row::wall("P6", &work, "PyMongo's bucket", rounds));
                rows.push(Row::cpu("P6", &work, "PyMongo's bucket", rounds));
            }
        }
    }
    Ok(rows)
}

fn against_python(python: Arc<Python>, files: usize, bytes: usize) -> Result<[Rounds; 2]> {
    on_database(move |database| async move {
        let sides = Sides::new(&database, files, bytes, STREAMED);
        let python = |work| sides.python(&python, database.name(), work);
        let writing = operations(
            ROUNDS,
            || sides.clone().upload(),
            async || {
                sides.empty().await?;
                python("upload").await
            },
        );
        let writing = writing.await?;
        let ids = sides.prepare().await?;
        let reading = operations(ROUNDS, || sides.clone().download(&ids), || python("download"));
        Ok([writing, reading.await?])
    })
}

/// The same bucket on both sides.
#[derive(Clone)]
struct Sides {
    ours: Bucket<Document>,
    theirs: GridFsBucket,
    files: usize,
    content: Arc<[u8]>,
    piece: usize,
}

impl Sides {
    fn new(database: &odmium::Database, files: usize, bytes: usize, piece: usize) -> Self {
        let content = (0..bytes as u64).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let (ours, theirs) = (database.bucket(), database.inner().gridfs_bucket(None));
        Self { ours, theirs, files, content, piece: piece.min(bytes) }
    }

    /// An empty bucket with its indexes, which the first file creates: the driver's handle would not do it again.
    async fn empty(&self) -> Result<()> {
        self.ours.drop().await?;
        let id = self.ours.upload_from("first", &b"x"[..]).await?;
        Ok(self.ours.delete(id).await?)
    }

    async fn prepare(&self) -> Result<Vec<Bson>> {
        self.ours.drop().await?;
        let mut ids = Vec::new();
        for _ in 0..self.files {
            ids.push(self.ours.upload_from("file", &self.content[..]).await?);
        }
        Ok(ids)
    }

    async fn upload(self) -> Result<Cost> {
        self.empty().await?;
        let clock = Clock::start();
        for _ in 0..self.files {
            let mut upload = self.ours.open_upload_stream("file").await?;
            for piece in self.content.chunks(self.piece) {
                tokio::io::AsyncWriteExt::write_all(&mut upload, piece).await?;
            }
            upload.shutdown().await?;
        }
        Ok(clock.stop())
    }

    async fn driver_upload(self) -> Result<Cost> {
        self.empty().await?;
        let clock = Clock::start();
        for _ in 0..self.files {
            let mut upload = self.theirs.open_upload_stream("file").id(ObjectId::new().into()).await?;
            for piece in self.content.chunks(self.piece) {
                upload.write_all(piece).await?;
            }
            upload.close().await?;
        }
        Ok(clock.stop())
    }

    async fn download(self, ids: &[Bson]) -> Result<Cost> {
        let mut buffer = vec![0; self.piece];
        let clock = Clock::start();
        for id in ids {
            let mut download = self.ours.open_download_stream(id.clone()).await?;
            let mut read = 0;
            if self.piece == self.content.len() {
                read = download.read_all().await?.len();
            } else {
                loop {
                    match tokio::io::AsyncReadExt::read(&mut download, &mut buffer).await? {
                        0 => break,
                        count => read += count,
                    }
                }
            }
            assert_eq!(read, self.content.len());
        }
        Ok(clock.stop())
    }

    async fn python(&self, python: &Python, database: &str, work: &str) -> Result<Cost> {
        let [files, bytes, piece] =
            [self.files, self.content.len(), self.piece].map(|number| number.to_string());
        python.run(SCRIPT, &[uri().await?, database, work, &files, &bytes, &piece]).await
    }

    async fn driver_download(self, ids: &[Bson]) -> Result<Cost> {
        let mut buffer = vec![0; self.piece];
        let clock = Clock::start();
        for id in ids {
            let mut download = self.theirs.open_download_stream(id.clone()).await?;
            let mut read = 0;
            if self.piece == self.content.len() {
                let mut whole = Vec::new();
                read = download.read_to_end(&mut whole).await?;
            } else {
                loop {
                    match download.read(&mut buffer).await? {
                        0 => break,
                        count => read += count,
                    }
                }
            }
            assert_eq!(read, self.content.len());
        }
        Ok(clock.stop())
    }
}
