//! A bucket: its settings, and everything that can be done with its files.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use mongodb::{
    bson::Bson,
    options::{Acknowledgment, CollectionOptions, ReadConcern, SelectionCriteria, WriteConcern},
};

use super::{
    DEFAULT_CHUNK_SIZE, DeleteFile, Download, DownloadTo, DropBucket, File, FileFields, MAX_CHUNK_SIZE,
    Metadata, OpenDownload, OpenUpload, Orphans, RenameFile, Sink, Source, UploadFrom, chunk::Chunk,
    download::Wanted,
};
use crate::{
    Collection, Database, Error, Filter, action::Find, error::Result, filter::IntoValue, model::Document,
    path::Root,
};

/// A GridFS bucket whose files carry metadata of type `M`; made by [`Database::bucket`], cheap to clone.
///
/// Settings are chained methods. Every operation but [`open_file`](Self::open_file) gives an action that runs when it
/// is awaited, and takes part in a session by `.session(&mut session)`.
///
/// The first upload creates the two indexes that GridFS needs, unless the bucket has files already.
///
/// # Errors
///
/// A write concern without acknowledgement (`w: 0`) makes every writing operation an
/// [argument](Error::is_argument) error: a lost chunk would go unnoticed.
pub struct Bucket<M = mongodb::bson::Document> {
    database: Database,
    name: String,
    options: CollectionOptions,
    chunk_size: u32,
    pub(super) files: Collection<File<M>>,
    pub(super) chunks: Collection<Chunk<'static>>,
    /// Whether the indexes are known to be there.
    pub(super) indexed: Arc<AtomicBool>,
}

impl<M: Metadata> Bucket<M> {
    pub(crate) fn new(database: &Database) -> Self {
        Self::with(database.clone(), "fs".to_owned(), CollectionOptions::default(), DEFAULT_CHUNK_SIZE)
    }

    fn with(database: Database, name: String, options: CollectionOptions, chunk_size: u32) -> Self {
        let (files, chunks) =
            (database.part(&name, "files", &options), database.part(&name, "chunks", &options));
        Self { database, name, options, chunk_size, files, chunks, indexed: Arc::default() }
    }

    fn with_options(self, change: impl FnOnce(&mut CollectionOptions)) -> Self {
        let mut options = self.options;
        change(&mut options);
        Self::with(self.database, self.name, options, self.chunk_size)
    }

    /// Another bucket of the database; the default is `fs`. Its collections are `<name>.files` and `<name>.chunks`.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self::with(self.database, name.into(), self.options, self.chunk_size)
    }

    /// The chunk size of new files in bytes, from 1 to [`MAX_CHUNK_SIZE`]; the default is 255 KiB.
    #[must_use]
    pub fn chunk_size(mut self, bytes: u32) -> Self {
        self.chunk_size = bytes;
        self
    }

    /// How many servers must have each write; the default is that of the database.
    #[must_use]
    pub fn write_concern(self, concern: WriteConcern) -> Self {
        self.with_options(|options| options.write_concern = Some(concern))
    }

    /// How settled the data must be that is read; the default is that of the database.
    #[must_use]
    pub fn read_concern(self, concern: ReadConcern) -> Self {
        self.with_options(|options| options.read_concern = Some(concern))
    }

    /// Which server to read from; the default is that of the database.
    ///
    /// A secondary may have a file's document before its chunks: the file then reads as damaged.
    #[must_use]
    pub fn selection_criteria(self, criteria: impl Into<SelectionCriteria>) -> Self {
        self.with_options(|options| options.selection_criteria = Some(criteria.into()))
    }

    /// The name, such as `fs`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The documents of the files, for everything that a typed collection can do with them.
    #[must_use]
    pub fn files(&self) -> &Collection<File<M>> {
        &self.files
    }

    /// The documents of the chunks, as they are.
    pub(crate) fn untyped_chunks(&self) -> Collection<mongodb::bson::Document> {
        self.chunks.untyped()
    }

    /// The paths of the files' fields, for filters and sorts.
    #[must_use]
    pub fn fields(&self) -> &'static FileFields<M, File<M>, Root> {
        File::fields()
    }

    /// Opens a stream that writes a new file.
    pub fn open_upload_stream<'a>(&self, filename: impl Into<String>) -> OpenUpload<'a, M> {
        OpenUpload::new(self, filename.into())
    }

    /// Uploads a new file from a reader to its end, and gives its `_id`. Bytes are a reader too: `&bytes[..]`.
    pub fn upload_from<'a, R>(&self, filename: impl Into<String>, source: R) -> UploadFrom<'a, M, R>
    where
        R: Source,
    {
        UploadFrom::new(self.open_upload_stream(filename), source)
    }

    /// Opens the file with this `_id` for reading.
    pub fn open_download_stream<'a>(&self, id: impl IntoValue<Bson>) -> OpenDownload<'a, M> {
        OpenDownload::new(self, Wanted::id(id))
    }

    /// Opens the newest file of this name for reading, or another [`revision`](OpenDownload::revision).
    pub fn open_download_stream_by_name<'a>(&self, filename: impl Into<String>) -> OpenDownload<'a, M> {
        OpenDownload::new(self, Wanted::name(filename))
    }

    /// Opens a file whose document was read already, for instance by [`find`](Self::find). Sends nothing.
    ///
    /// # Errors
    ///
    /// [Argument](Error::is_argument) outside of a tokio runtime.
    pub fn open_file<'a>(&self, file: File<M>) -> Result<Download<'a, M>> {
        Download::new(self, file, None)
    }

    /// Writes the file with this `_id` to a writer, and gives how many bytes it has.
    pub fn download_to<'a, W>(&self, id: impl IntoValue<Bson>, writer: W) -> DownloadTo<'a, M, W>
    where
        W: Sink,
    {
        DownloadTo::new(self.open_download_stream(id), writer)
    }

    /// Writes the newest file of this name, or another [`revision`](DownloadTo::revision), to a writer.
    pub fn download_to_by_name<'a, W>(&self, filename: impl Into<String>, writer: W) -> DownloadTo<'a, M, W>
    where
        W: Sink,
    {
        DownloadTo::new(self.open_download_stream_by_name(filename), writer)
    }

    /// Finds files: their documents, each of which [`open_file`](Self::open_file) opens.
    pub fn find<'a>(&self, filter: Filter<File<M>>) -> Find<'a, File<M>> {
        self.files.find(filter)
    }

    /// Deletes the file with this `_id`: its document first, then its chunks.
    pub fn delete<'a>(&self, id: impl IntoValue<Bson>) -> DeleteFile<'a, M> {
        DeleteFile::new(self, Wanted::id(id))
    }

    /// Deletes every revision of a name.
    pub fn delete_by_name<'a>(&self, filename: impl Into<String>) -> DeleteFile<'a, M> {
        DeleteFile::new(self, Wanted::name(filename))
    }

    /// Gives the file with this `_id` another name.
    pub fn rename<'a>(&self, id: impl IntoValue<Bson>, filename: impl Into<String>) -> RenameFile<'a, M> {
        RenameFile::new(self, Wanted::id(id), filename.into())
    }

    /// Gives every revision of a name another name.
    pub fn rename_by_name<'a>(
        &self,
        filename: impl Into<String>,
        new: impl Into<String>,
    ) -> RenameFile<'a, M> {
        RenameFile::new(self, Wanted::name(filename), new.into())
    }

    /// Removes the bucket with all its files and indexes; one that is not there is no error.
    pub fn drop<'a>(&self) -> DropBucket<'a, M> {
        DropBucket::new(self)
    }

    /// Lists chunks that belong to no file: what is left when an upload could not clean up after itself.
    pub fn list_orphans(&self) -> Orphans<M> {
        Orphans::new(self, false)
    }

    /// Removes chunks that belong to no file, and gives what was removed.
    pub fn remove_orphans(&self) -> Orphans<M> {
        Orphans::new(self, true)
    }

    pub(super) fn default_chunk_size(&self) -> u32 {
        self.chunk_size
    }

    /// Refuses settings that cannot be written with.
    pub(super) fn check_writable(&self) -> Result<()> {
        let concern = self.options.write_concern.as_ref().or_else(|| self.database.inner().write_concern());
        match concern.and_then(|concern| concern.w.as_ref()) {
            Some(Acknowledgment::Nodes(0)) => Err(Error::argument(
                "a GridFS bucket does not write without acknowledgement (w: 0), as a lost chunk would go unnoticed: \
                 give a write concern of 1 or more",
            )),
            _ => Ok(()),
        }
    }

    /// The settings are checked here, as the methods that take them cannot fail.
    pub(super) fn check_chunk_size(bytes: u32) -> Result<usize> {
        match bytes {
            1..=MAX_CHUNK_SIZE => Ok(bytes as usize),
            _ => Err(Error::argument(format!(
                "a chunk of {bytes} bytes is not possible: give a chunk size from 1 to {MAX_CHUNK_SIZE}"
            ))),
        }
    }

    pub(super) fn set_indexed(&self, there: bool) {
        self.indexed.store(there, Ordering::Release);
    }
}

impl<M> Clone for Bucket<M> {
    fn clone(&self) -> Self {
        Self {
            database: self.database.clone(),
            name: self.name.clone(),
            options: self.options.clone(),
            chunk_size: self.chunk_size,
            files: self.files.clone(),
            chunks: self.chunks.clone(),
            indexed: self.indexed.clone(),
        }
    }
}

impl<M> std::fmt::Debug for Bucket<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("chunk_size", &self.chunk_size)
            .finish_non_exhaustive()
    }
}
