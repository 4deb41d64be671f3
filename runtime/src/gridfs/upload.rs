//! Writing a file.

mod chunker;
mod finish;
mod open;
mod send;
mod write;

use std::marker::PhantomData;

use mongodb::bson::{Bson, DateTime, Document, doc};
use tokio::task::JoinHandle;

pub use self::open::{OpenUpload, UploadFrom};
use self::{
    chunker::Chunker,
    send::{Send, Target},
};
use super::{Metadata, file::SHA256, lane::Lane};
use crate::{Error, Filter, Update, codec::encode_to_bson, error::Result};

/// Fields that are not the caller's to set.
const RESERVED: [&str; 5] = ["_id", "length", "chunkSize", "uploadDate", "md5"];

/// A file that is being written; see [`Bucket::open_upload_stream`](super::Bucket::open_upload_stream).
///
/// It is a tokio [`AsyncWrite`](tokio::io::AsyncWrite), whose `shutdown` is [`close`](Self::close). Chunks are sent in
/// messages of 2 MiB, three of which are under way while the next one fills; a writer that is faster than the server
/// waits. Memory: some 8 MiB and the driver's copies of three messages, whatever the size of the file. In a session,
/// messages are sent one at a time.
///
/// The file is there when `close` has succeeded, and not before: its document is written last. An upload that
/// fails, is [aborted](Self::abort) or dropped before removes its chunks, the latter in the background. Within a
/// transaction a dropped upload cannot do so: abort the transaction.
#[must_use = "an upload that is dropped before `close` is undone"]
pub struct Upload<'a, M> {
    target: Target,
    chunker: Chunker,
    lane: Lane<'a, ()>,
    state: State,
    /// The fields of the file's document that are set by the caller.
    fields: Document,
    upload_date: Option<DateTime>,
    /// Set by `close`, for later changes of the metadata.
    sha256: Option<String>,
    /// The clean-up after a failure.
    cleaning: Option<JoinHandle<()>>,
    metadata: PhantomData<fn() -> M>,
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// The last chunks are on their way.
    Sending,
    /// The file's document is on its way: from here on, chunks are not removed without knowing what became of it.
    Filing,
    Closed,
    Aborted,
    Failed,
    /// Whether the file's document was stored is not known.
    Unknown,
}

impl<M: Metadata> Upload<'_, M> {
    /// The `_id` of the file.
    #[must_use]
    pub fn id(&self) -> &Bson {
        &self.target.id
    }

    /// The name.
    #[must_use]
    pub fn filename(&self) -> Option<&str> {
        self.fields.get_str("filename").ok()
    }

    /// How many bytes were written so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.chunker.length()
    }

    /// Bytes of each chunk but the last one.
    #[must_use]
    pub fn chunk_size(&self) -> u32 {
        self.chunker.chunk_size()
    }

    /// The media type.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.fields.get_str("contentType").ok()
    }

    /// When it was closed.
    #[must_use]
    pub fn upload_date(&self) -> Option<DateTime> {
        self.upload_date
    }

    /// Whether the file is there as a whole.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// Sets a field of the file's document, before or after [`close`](Self::close): `filename`, `contentType`,
    /// `aliases` or one of your own. See [`set_metadata`](Self::set_metadata) for `metadata`.
    ///
    /// # Errors
    ///
    /// [Argument](Error::is_argument) for `_id`, `length`, `chunkSize`, `uploadDate`, `md5` and `metadata`, for a name that is
    /// empty, contains a dot or starts with `$`, and after the upload failed or was aborted. After `close` it is an
    /// update: as that, and [file not found](Error::is_file_not_found) when the file was deleted meanwhile.
    pub async fn set(&mut self, field: &str, value: impl Into<Bson>) -> Result<()> {
        if RESERVED.contains(&field) || field == "metadata" {
            return Err(Error::argument(match field {
                "metadata" => "the metadata of a file is typed: set it with `set_metadata`".to_owned(),
                _ => format!("`{field}` of a file is what the upload makes it: set another field"),
            }));
        }
        if field.is_empty() || field.starts_with('$') || field.contains(['.', '\0']) {
            return Err(Error::argument(format!(
                "{field:?} is no name for a field of a file: give one without dots, and without `$` at its start"
            )));
        }
        self.set_any(field, value.into()).await
    }

    /// Sets the metadata, before or after [`close`](Self::close).
    ///
    /// # Errors
    ///
    /// As [`set`](Self::set), [encode](crate::ErrorKind::Encode) when a value cannot be stored, and
    /// [argument](Error::is_argument) when it has a key `sha256` in an upload that stores its own there.
    pub async fn set_metadata(&mut self, metadata: &M) -> Result<()> {
        let mut metadata = encode_to_bson(metadata)?;
        if let Bson::Document(document) = &mut metadata {
            self.check_metadata(document)?;
            if let Some(sha256) = &self.sha256 {
                document.insert(SHA256, sha256);
            }
        }
        self.set_any("metadata", metadata).await
    }

    fn check_metadata(&self, metadata: &Document) -> Result<()> {
        match self.chunker.is_hashing() && metadata.contains_key(SHA256) {
            true => Err(Error::argument(
                "the metadata has a key `sha256`, where this upload stores its own: rename it, or upload without `sha256()`",
            )),
            false => Ok(()),
        }
    }

    async fn set_any(&mut self, field: &str, value: Bson) -> Result<()> {
        match self.state {
            State::Open => {}
            State::Closed => {
                let filter = Filter::raw(doc! { "_id": self.target.id.clone() });
                let update = Update::<Document>::raw(doc! { "$set": { field: value.clone() } });
                let mut action = self.target.typed_files().update_one(filter, update);
                if let Some(session) = self.lane.session() {
                    action = action.session(session);
                }
                if action.await?.matched == 0 {
                    return Err(self.target.not_found());
                }
            }
            _ => return Err(self.ended()),
        }
        self.fields.insert(field, value);
        Ok(())
    }

    /// The error for whoever goes on with an upload that has ended.
    fn ended(&self) -> Error {
        Error::argument(match self.state {
            State::Closed => "this upload is closed: open another one to write more",
            State::Aborted => "this upload was aborted: open another one",
            State::Unknown => {
                "this upload failed while its end was written: look whether the file is there, else upload it again"
            }
            State::Open | State::Sending | State::Filing => {
                "this upload is being closed: await `close` again"
            }
            State::Failed => "this upload failed: open another one",
        })
    }
}

/// Undone in the background, when it was not closed.
impl<M> Drop for Upload<'_, M> {
    fn drop(&mut self) {
        if matches!(self.state, State::Open | State::Sending) {
            // The task goes on without its handle.
            drop(send::clean_in_background(&self.target, self.lane.take_tasks()));
        }
    }
}

impl<M> std::fmt::Debug for Upload<'_, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("id", &self.target.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
