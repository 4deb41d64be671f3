//! Chunks without a file.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use futures_util::TryStreamExt;
use mongodb::bson::{Bson, DateTime, Document, doc};

use super::{Bucket, Metadata};
use crate::{Filter, codec::decode_bson, error::Result};

/// How long ago the newest chunk must have been sent.
const OLD_ENOUGH: Duration = Duration::from_secs(24 * 60 * 60);

/// The chunks of an `_id` that no file has.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Orphan {
    /// The `_id` that the file would have had.
    pub files_id: Bson,
    /// How many chunks there are.
    pub chunks: u64,
    /// When the newest chunk was made, by the clock of its uploader; none when that is not known.
    pub newest: Option<DateTime>,
}

/// Lists or removes chunks that belong to no file; see [`Bucket::list_orphans`] and [`Bucket::remove_orphans`].
///
/// The chunks of an upload that goes on belong to no file yet. So only those are taken whose newest is older than
/// [`older_than`](Self::older_than); chunks of unknown age only where that is zero.
///
/// The server goes through the index of all chunks, and reads those without a file.
///
/// # Errors
///
/// When the server refuses the operation or cannot be reached; what was removed before stays removed.
#[must_use = "nothing is sent before the action is awaited"]
#[derive(Debug)]
pub struct Orphans<M> {
    bucket: Bucket<M>,
    remove: bool,
    older_than: Duration,
}

impl<M: Metadata> Orphans<M> {
    pub(super) fn new(bucket: &Bucket<M>, remove: bool) -> Self {
        Self { bucket: bucket.clone(), remove, older_than: OLD_ENOUGH }
    }

    /// How long ago the newest chunk must have been sent; the default is 24 hours. Longer than any pause of an upload,
    /// and than the clocks of uploaders may differ: zero takes the chunks of uploads that go on.
    pub fn older_than(mut self, age: Duration) -> Self {
        self.older_than = age;
        self
    }

    async fn run(self) -> Result<Vec<Orphan>> {
        let Self { bucket, remove, older_than } = self;
        if remove {
            bucket.check_writable()?;
        }
        let age = i64::try_from(older_than.as_millis()).unwrap_or(i64::MAX);
        let limit = DateTime::from_millis(DateTime::now().timestamp_millis().saturating_sub(age));
        let chunks = bucket.chunks.inner();
        let pipeline = pipeline(bucket.files.name(), bucket.chunks.name());
        let mut cursor =
            chunks.clone_with_type::<Document>().aggregate(pipeline).allow_disk_use(true).await?;
        let mut orphans = Vec::new();
        while let Some(found) = cursor.try_next().await? {
            let orphan = read(&found)?;
            let is_old = match orphan.newest {
                Some(newest) => newest <= limit,
                None => false,
            };
            if is_old || older_than.is_zero() {
                orphans.push(orphan);
            }
        }
        if remove {
            for orphan in &orphans {
                remove_one(&bucket, orphan).await?;
            }
        }
        Ok(orphans)
    }
}

impl<M: Metadata> IntoFuture for Orphans<M> {
    type Output = Result<Vec<Orphan>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// The ids first, which the index has, so that only the chunks without a file are read.
fn pipeline(files: &str, chunks: &str) -> [Document; 6] {
    [
        doc! { "$sort": { "files_id": 1, "n": 1 } },
        doc! { "$group": { "_id": "$files_id" } },
        doc! { "$lookup": { "from": files, "localField": "_id", "foreignField": "_id", "as": "file" } },
        doc! { "$match": { "file": { "$size": 0 } } },
        doc! { "$lookup": {
            "from": chunks,
            "let": { "id": "$_id" },
            "pipeline": [
                { "$match": { "$expr": { "$eq": ["$files_id", "$$id"] } } },
                { "$group": { "_id": null, "count": { "$sum": 1 }, "newest": { "$max": "$_id" } } },
            ],
            "as": "chunks",
        } },
        doc! { "$project": { "file": 0 } },
    ]
}

fn read(found: &Document) -> Result<Orphan> {
    let chunks = found.get_array("chunks").ok().and_then(|chunks| chunks.first());
    let chunks = chunks.and_then(Bson::as_document).cloned().unwrap_or_default();
    Ok(Orphan {
        files_id: found.get("_id").cloned().unwrap_or(Bson::Null),
        chunks: decode_bson::<i64>(chunks.get("count").unwrap_or(&Bson::Int32(0)))?.unsigned_abs(),
        newest: chunks.get_object_id("newest").ok().map(|id| id.timestamp()),
    })
}

/// Unless a file has come in the meantime.
async fn remove_one<M: Metadata>(bucket: &Bucket<M>, orphan: &Orphan) -> Result<()> {
    let id = doc! { "$eq": orphan.files_id.clone() };
    if bucket.files.count(Filter::raw(doc! { "_id": &id })).limit(1).await? == 0 {
        bucket.chunks.delete_many(Filter::raw(doc! { "files_id": id })).await?;
    }
    Ok(())
}
