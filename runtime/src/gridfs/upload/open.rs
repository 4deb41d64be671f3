//! Starting an upload, and uploading from a reader.

use std::{
    future::{Ready, poll_fn},
    marker::PhantomData,
};

use mongodb::bson::{Bson, Document, oid::ObjectId};
use tokio::io::AsyncRead;

use super::{
    super::{Bucket, Metadata, Source, lane::Lane},
    Chunker, State, Target, Upload,
    chunker::Mark,
};
use crate::{
    Error, Session,
    action::{action, setter, unopened::unopened},
    codec::encode_to_bson,
    error::Result,
    filter::IntoValue,
};

/// Opens an upload; see [`Bucket::open_upload_stream`].
///
/// # Errors
///
/// [Argument](Error::is_argument) for an impossible chunk size or a write concern without acknowledgement,
/// [encode](crate::ErrorKind::Encode) when the metadata cannot be stored. The first upload of a bucket creates its indexes,
/// which fails when the server cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct OpenUpload<'a, M> {
    bucket: Bucket<M>,
    settings: Settings<M>,
    session: Option<&'a mut Session>,
}

struct Settings<M> {
    id: Option<Bson>,
    chunk_size: u32,
    metadata: Option<M>,
    fields: Document,
    sha256: bool,
    /// An error in what was set.
    invalid: Option<Error>,
}

/// The setters of an upload, once.
macro_rules! settings {
    ($($at:ident).+) => {
        /// The `_id`, instead of a new ObjectId. One that a file has already is refused by the server, at the first
        /// message or at the end.
        pub fn id(mut self, id: impl IntoValue<Bson>) -> Self {
            match id.into_bson() {
                Ok(id) => self.$($at).+.id = Some(id),
                Err(error) => self.$($at).+.invalid = Some(error.into()),
            }
            self
        }

        /// The chunk size in bytes, instead of that of the bucket: from 1 to
        /// [`MAX_CHUNK_SIZE`](crate::gridfs::MAX_CHUNK_SIZE).
        pub fn chunk_size(mut self, bytes: u32) -> Self {
            self.$($at).+.chunk_size = bytes;
            self
        }

        /// What is stored beside the content.
        pub fn metadata(mut self, metadata: M) -> Self {
            self.$($at).+.metadata = Some(metadata);
            self
        }

        /// The media type, such as `image/png`.
        pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
            self.$($at).+.fields.insert("contentType", media_type.into());
            self
        }

        /// Other names.
        pub fn aliases<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
            let names: Vec<String> = names.into_iter().map(Into::into).collect();
            self.$($at).+.fields.insert("aliases", names);
            self
        }

        /// Stores the SHA-256 of the content as `metadata.sha256`, in hexadecimal digits. Whoever reads the file with
        /// this crate from its start to its end has it verified.
        pub fn sha256(mut self) -> Self {
            self.$($at).+.sha256 = true;
            self
        }
    };
}

/// Methods of the open stream, for the compiler's message where `.await` is forgotten.
impl<M> OpenUpload<'_, M> {
    unopened! {
        [Opened]
        write(A) -> Ready<Result<usize>>;
        write_all(A) -> Ready<Result<()>>;
        write_many(A) -> Ready<Result<()>>;
        flush() -> Ready<Result<()>>;
        shutdown() -> Ready<Result<()>>;
        close() -> Ready<Result<()>>;
        abort() -> Ready<Result<()>>;
    }
}

impl<'a, M: Metadata> OpenUpload<'a, M> {
    pub(crate) fn new(bucket: &Bucket<M>, filename: String) -> Self {
        let mut fields = Document::new();
        fields.insert("filename", filename);
        let settings = Settings {
            id: None,
            chunk_size: bucket.default_chunk_size(),
            metadata: None,
            fields,
            sha256: false,
            invalid: None,
        };
        Self { bucket: bucket.clone(), settings, session: None }
    }

    settings!(settings);
    setter!(session);

    async fn run(self) -> Result<Upload<'a, M>> {
        let Self { bucket, settings, session } = self;
        let Settings { id, chunk_size, metadata, fields, sha256, invalid } = settings;
        if let Some(error) = invalid {
            return Err(error);
        }
        bucket.check_writable()?;
        let chunk_size = Bucket::<M>::check_chunk_size(chunk_size)?;
        let mark = id.is_some().then(Mark::new);
        let id = id.unwrap_or_else(|| ObjectId::new().into());
        let mut upload = Upload {
            target: Target::new(&bucket, id.clone(), mark)?,
            chunker: Chunker::new(id, mark, chunk_size, sha256),
            lane: Lane::new(session)?,
            // Nothing to undo yet.
            state: State::Aborted,
            fields,
            upload_date: None,
            sha256: None,
            cleaning: None,
            metadata: PhantomData,
        };
        if let Some(metadata) = metadata {
            let metadata = encode_to_bson(&metadata)?;
            if let Bson::Document(document) = &metadata {
                upload.check_metadata(document)?;
            }
            upload.fields.insert("metadata", metadata);
        }
        bucket.create_indexes().await?;
        upload.state = State::Open;
        Ok(upload)
    }
}

action!(OpenUpload<M> in [bucket.files] where [M: Metadata] => Upload<'a, M>);

/// Uploads from a reader; see [`Bucket::upload_from`].
///
/// The reader is read straight into the chunks, while others are sent. When it fails, or the future is dropped, the
/// chunks that were sent are removed, and there is no file.
///
/// # Errors
///
/// As [`OpenUpload`] and [`Upload::close`]; [io](Error::is_io) when the reader fails.
#[must_use = "nothing is sent before the action is awaited"]
pub struct UploadFrom<'a, M, R> {
    open: OpenUpload<'a, M>,
    source: R,
}

impl<'a, M: Metadata, R: Source> UploadFrom<'a, M, R> {
    pub(crate) fn new(open: OpenUpload<'a, M>, source: R) -> Self {
        Self { open, source }
    }

    settings!(open.settings);

    /// Runs the operations in a session, and in its transaction where one is open.
    pub fn session(mut self, session: &'a mut Session) -> Self {
        self.open = self.open.session(session);
        self
    }

    async fn run(self) -> Result<Bson> {
        let Self { open, mut source } = self;
        let mut upload = open.await?;
        match upload.read_from(&mut source).await {
            Ok(()) => {
                upload.close().await?;
                Ok(upload.id().clone())
            }
            Err(error) => {
                // In the background, when this fails.
                if upload.state == State::Open {
                    let _ = upload.abort().await;
                }
                Err(error)
            }
        }
    }
}

action!(UploadFrom<M, R> in [open.bucket.files] where [M: Metadata, R: Source + 'a] => Bson);

impl<M: Metadata> Upload<'_, M> {
    async fn read_from<R: AsyncRead + Unpin>(&mut self, source: &mut R) -> Result<()> {
        loop {
            poll_fn(|context| self.poll_room(context)).await?;
            match self.chunker.fill(source).await? {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) => return Err(Error::io("reading the source of the upload", error)),
            }
        }
    }
}
