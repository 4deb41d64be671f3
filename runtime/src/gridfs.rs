//! GridFS: files of any size in a database, as a document in `fs.files` and chunks in `fs.chunks`.
//!
//! ```no_run
//! use odmium::{Database, prelude::*};
//!
//! #[derive(Embedded, Debug)]
//! struct Photo { owner: String, tags: Vec<String> }
//!
//! # async fn f(db: Database) -> odmium::Result<()> {
//! let photos = db.bucket::<Photo>().named("photos");
//! let photo = Photo { owner: "ann".into(), tags: vec![] };
//! let id = photos.upload_from("cat.jpg", &b"bytes"[..]).metadata(photo).content_type("image/jpeg").await?;
//! let bytes = photos.open_download_stream(id).await?.read_all().await?;
//! # drop(bytes);
//! # Ok(()) }
//! ```
//!
//! The format is that of every other driver. See the guide's page on GridFS for what holds when things fail.

mod bucket;
mod change;
mod chunk;
mod download;
mod ends;
mod file;
mod index;
mod lane;
mod layout;
mod orphans;
mod upload;

pub use self::{
    bucket::Bucket,
    change::{DeleteFile, DropBucket, RenameFile},
    download::{Download, DownloadTo, OpenDownload},
    ends::{Sink, Source},
    file::{File, FileFields, FileIndex, Metadata},
    orphans::{Orphan, Orphans},
    upload::{OpenUpload, Upload, UploadFrom},
};

/// The chunk size that every driver takes when none is given: 255 KiB.
pub const DEFAULT_CHUNK_SIZE: u32 = 255 * 1024;

/// The greatest chunk size: a chunk is one document, and a document has at most 16 MiB.
pub const MAX_CHUNK_SIZE: u32 = 16 * 1024 * 1024 - 16 * 1024;

/// How many bytes of chunks one message carries, in either direction. Larger ones leave the processor's caches between
/// the copies that the driver makes of each.
const BATCH_BYTES: u64 = 2 * 1024 * 1024;

/// How many messages are under way at a time.
const IN_FLIGHT: usize = 3;
