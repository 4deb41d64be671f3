//! Finding the file to read, and copying it to a writer.

use std::future::Ready;

use mongodb::bson::doc;
use tokio::io::AsyncWriteExt;

use super::{Download, Wanted};
use crate::{
    Error, Filter, Session,
    action::{action, setter, unopened::unopened},
    error::Result,
    gridfs::{Bucket, File, Metadata, Sink},
};

/// Opens a file for reading; see [`Bucket::open_download_stream`] and [`Bucket::open_download_stream_by_name`].
///
/// # Errors
///
/// [File not found](Error::is_file_not_found), [revision not found](Error::is_revision_not_found), and
/// [decode](Error::is_decode) when the file's document or its metadata does not fit.
#[must_use = "nothing is sent before the action is awaited"]
pub struct OpenDownload<'a, M> {
    bucket: Bucket<M>,
    wanted: Wanted,
    revision: i32,
    session: Option<&'a mut Session>,
}

/// Methods of the open stream, for the compiler's message where `.await` is forgotten.
impl<M> OpenDownload<'_, M> {
    unopened! {
        [Opened]
        read(A) -> Ready<Result<usize>>;
        read_exact(A) -> Ready<Result<usize>>;
        read_to_end(A) -> Ready<Result<usize>>;
        read_to_string(A) -> Ready<Result<usize>>;
        read_all() -> Ready<Result<Vec<u8>>>;
        read_bytes(A) -> Ready<Result<Vec<u8>>>;
        read_chunk() -> Ready<Result<Option<Vec<u8>>>>;
        next_line() -> Ready<Result<Option<Vec<u8>>>>;
        seek(A) -> Ready<Result<u64>>;
    }
}

impl<'a, M: Metadata> OpenDownload<'a, M> {
    pub(in crate::gridfs) fn new(bucket: &Bucket<M>, wanted: Wanted) -> Self {
        Self { bucket: bucket.clone(), wanted, revision: -1, session: None }
    }

    /// Which file of the name, by the upload date: 0 is the first, 1 the second, -1 the newest (the default), -2 the one
    /// before it. An `_id` has one only.
    pub fn revision(mut self, revision: i32) -> Self {
        self.revision = revision;
        self
    }

    setter!(session);

    async fn run(self) -> Result<Download<'a, M>> {
        let Self { bucket, wanted, revision, mut session } = self;
        let file = find(&bucket, &wanted, revision, session.as_deref_mut()).await?;
        match file {
            Some(file) => Download::new(&bucket, file, session),
            None => Err(missing(&bucket, wanted, revision, session).await?),
        }
    }
}

action!(OpenDownload<M> in [bucket.files] where [M: Metadata] => Download<'a, M>);

async fn find<M: Metadata>(
    bucket: &Bucket<M>,
    wanted: &Wanted,
    revision: i32,
    session: Option<&mut Session>,
) -> Result<Option<File<M>>> {
    let mut find = bucket.find(Filter::raw(wanted.filter()?));
    if matches!(wanted, Wanted::Name(_)) {
        let file = bucket.fields();
        // Two uploads within a millisecond: the ids decide.
        find = match revision {
            0.. => find.sort((file.upload_date.asc(), file.id.asc())).skip(revision as u64),
            _ => find
                .sort((file.upload_date.desc(), file.id.desc()))
                .skip(u64::from(revision.unsigned_abs()) - 1),
        };
    }
    match session {
        None => find.first().await,
        Some(session) => find.session(session).first().await,
    }
}

/// The error for a file that was not found; tells whether another revision would be.
async fn missing<M: Metadata>(
    bucket: &Bucket<M>,
    wanted: Wanted,
    revision: i32,
    session: Option<&mut Session>,
) -> Result<Error> {
    if let Wanted::Name(name) = &wanted {
        let mut count = bucket.files.count(Filter::raw(doc! { "filename": name })).limit(1);
        if let Some(session) = session {
            count = count.session(session);
        }
        if count.await? > 0 {
            return Ok(Error::revision_not_found(bucket.name(), name, revision));
        }
    }
    Ok(Error::file_not_found(bucket.name(), wanted))
}

/// Copies a file to a writer; see [`Bucket::download_to`]. The writer is flushed, and not shut down.
///
/// # Errors
///
/// As [`OpenDownload`] and [`Download::read_bytes`]; [io](Error::is_io) when the writer fails. What was written before an
/// error stays written.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DownloadTo<'a, M, W> {
    open: OpenDownload<'a, M>,
    writer: W,
}

impl<'a, M: Metadata, W: Sink> DownloadTo<'a, M, W> {
    pub(in crate::gridfs) fn new(open: OpenDownload<'a, M>, writer: W) -> Self {
        Self { open, writer }
    }

    /// Which file of the name, as [`OpenDownload::revision`].
    pub fn revision(mut self, revision: i32) -> Self {
        self.open = self.open.revision(revision);
        self
    }

    /// Runs the operations in a session, and in its transaction where one is open.
    pub fn session(mut self, session: &'a mut Session) -> Self {
        self.open = self.open.session(session);
        self
    }

    async fn run(self) -> Result<u64> {
        let Self { open, mut writer } = self;
        let mut download = open.await?;
        download.to_end = true;
        let failed = |error| Error::io("writing what was downloaded", error);
        loop {
            std::future::poll_fn(|context| download.poll_data(context)).await?;
            let data = download.data();
            if data.is_empty() {
                break;
            }
            writer.write_all(data).await.map_err(failed)?;
            let count = data.len();
            download.consume(count);
        }
        writer.flush().await.map_err(failed)?;
        Ok(download.position())
    }
}

action!(DownloadTo<M, W> in [open.bucket.files] where [M: Metadata, W: Sink + 'a] => u64);
