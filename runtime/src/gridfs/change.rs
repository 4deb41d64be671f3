//! Deleting and renaming files, and dropping the bucket.

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};

use super::{Bucket, Metadata, download::Wanted};
use crate::{
    Error, Filter, Record, Session,
    action::{Delete, action, setter},
    error::Result,
};

/// How many files one command deletes.
const DELETED_AT_ONCE: usize = 1000;

/// Deletes files; see [`Bucket::delete`] and [`Bucket::delete_by_name`].
///
/// The documents go first, so that no file is there with a part of its chunks. When the connection fails in between,
/// chunks without a file are left: run it again, which deletes the chunks of an `_id` that has no file too, or
/// [`Bucket::remove_orphans`].
///
/// # Errors
///
/// [File not found](Error::is_file_not_found) when there is none; chunks that were left of one are deleted all the same.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DeleteFile<'a, M> {
    bucket: Bucket<M>,
    wanted: Wanted,
    session: Option<&'a mut Session>,
}

impl<'a, M: Metadata> DeleteFile<'a, M> {
    pub(super) fn new(bucket: &Bucket<M>, wanted: Wanted) -> Self {
        Self { bucket: bucket.clone(), wanted, session: None }
    }

    setter!(session);

    async fn run(self) -> Result<()> {
        let Self { bucket, wanted, mut session } = self;
        bucket.check_writable()?;
        let mut ids = match &wanted {
            Wanted::Id(id) => vec![id.clone()?],
            Wanted::Name(_) => ids(&bucket, wanted.filter()?, session.as_deref_mut()).await?,
        };
        let mut deleted = 0;
        while !ids.is_empty() {
            let some = ids.split_off(ids.len().saturating_sub(DELETED_AT_ONCE));
            // One is compared as a value, whatever it looks like.
            let which = match some.as_slice() {
                [only] => doc! { "$eq": only },
                _ => doc! { "$in": some },
            };
            let files = bucket.files.delete_many(Filter::raw(doc! { "_id": which.clone() }));
            deleted += optional(files, session.as_deref_mut()).await?;
            let chunks = bucket.chunks.delete_many(Filter::raw(doc! { "files_id": which }));
            optional(chunks, session.as_deref_mut()).await?;
        }
        match deleted {
            0 => Err(Error::file_not_found(bucket.name(), wanted)),
            _ => Ok(()),
        }
    }
}

action!(DeleteFile<M> in [bucket.files] where [M: Metadata] => ());

async fn ids<M: Metadata>(
    bucket: &Bucket<M>,
    filter: Document,
    session: Option<&mut Session>,
) -> Result<Vec<Bson>> {
    let mut find = bucket.files.find(Filter::raw(filter));
    if let Some(session) = session {
        find = find.session(session);
    }
    find.cursor().await?.map_ok(|file| file.id).try_collect().await
}

async fn optional<'s, D: Record>(delete: Delete<'s, D>, session: Option<&'s mut Session>) -> Result<u64> {
    match session {
        None => delete.await,
        Some(session) => delete.session(session).await,
    }
}

/// Renames files; see [`Bucket::rename`] and [`Bucket::rename_by_name`].
///
/// # Errors
///
/// [File not found](Error::is_file_not_found) when there is none.
#[must_use = "nothing is sent before the action is awaited"]
pub struct RenameFile<'a, M> {
    bucket: Bucket<M>,
    wanted: Wanted,
    filename: String,
    session: Option<&'a mut Session>,
}

impl<'a, M: Metadata> RenameFile<'a, M> {
    pub(super) fn new(bucket: &Bucket<M>, wanted: Wanted, filename: String) -> Self {
        Self { bucket: bucket.clone(), wanted, filename, session: None }
    }

    setter!(session);

    async fn run(self) -> Result<()> {
        let Self { bucket, wanted, filename, session } = self;
        bucket.check_writable()?;
        let filter = Filter::raw(wanted.filter()?);
        let mut update = bucket.files.update_many(filter, bucket.fields().filename.set(filename));
        if let Some(session) = session {
            update = update.session(session);
        }
        match update.await?.matched {
            0 => Err(Error::file_not_found(bucket.name(), wanted)),
            _ => Ok(()),
        }
    }
}

action!(RenameFile<M> in [bucket.files] where [M: Metadata] => ());

/// Drops a bucket; see [`Bucket::drop`].
///
/// # Errors
///
/// When the server refuses it, as it does in a transaction, or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct DropBucket<'a, M> {
    bucket: Bucket<M>,
    session: Option<&'a mut Session>,
}

impl<'a, M: Metadata> DropBucket<'a, M> {
    pub(super) fn new(bucket: &Bucket<M>) -> Self {
        Self { bucket: bucket.clone(), session: None }
    }

    setter!(session);

    async fn run(self) -> Result<()> {
        let Self { bucket, session } = self;
        bucket.check_writable()?;
        bucket.set_indexed(false);
        let (mut files, mut chunks) = (bucket.files.drop(), bucket.chunks.drop());
        if let Some(session) = session {
            files = files.session(&mut *session);
            files.await?;
            chunks = chunks.session(session);
            return chunks.await;
        }
        files.await?;
        chunks.await
    }
}

action!(DropBucket<M> in [bucket.files] where [M: Metadata] => ());
