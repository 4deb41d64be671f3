//! Some chunks in one reply.

use std::ops::Range;

use mongodb::{
    bson::{Bson, Document, doc},
    options::FindOptions,
};
use sha2::{Digest, Sha256};

use super::super::{
    Bucket, File, Metadata,
    chunk::{Chunk, Piece},
    lane::Work,
    layout::Layout,
};
use crate::{
    Collection, Cursor, Error, Session,
    cursor::{Batch, Whole, source_of},
    error::{Damage, Result},
};

/// Where the chunks of a file are.
#[derive(Clone)]
pub(super) struct Source {
    bucket: String,
    chunks: Collection<Chunk<'static>>,
    id: Bson,
    pub(super) layout: Layout,
}

impl Source {
    pub(super) fn new<M: Metadata>(bucket: &Bucket<M>, file: &File<M>) -> Self {
        Self {
            bucket: bucket.name().to_owned(),
            chunks: bucket.chunks.clone(),
            id: file.id.clone(),
            layout: file.layout(),
        }
    }

    pub(super) fn damaged(&self, damage: Damage) -> Error {
        Error::damaged_file(&self.bucket, &self.id, damage)
    }
}

/// Chunks of a file in a row, checked, in the bytes of the reply.
pub(super) struct Window {
    reply: Option<Batch<Chunk<'static>>>,
    pub(super) first: u64,
    pieces: Vec<Range<usize>>,
}

impl Window {
    /// The data of a chunk, if it is in here.
    pub(super) fn data(&self, n: u64) -> Option<&[u8]> {
        let index = usize::try_from(n.checked_sub(self.first)?).ok()?;
        let place = self.pieces.get(index)?.clone();
        self.reply.as_ref()?.reply()?.as_bytes().get(place)
    }

    /// The chunk behind the last one.
    pub(super) fn end(&self) -> u64 {
        self.first + self.pieces.len() as u64
    }
}

/// Reads the chunks from `first` on, `count` of them.
///
/// Each window is a query of its own: several can be under way, a jump leaves no cursor behind, and the driver
/// tries it again where a cursor would be lost.
pub(super) struct Fetch {
    pub(super) source: Source,
    pub(super) first: u64,
    pub(super) count: u64,
}

impl Work for Fetch {
    type Output = Window;

    async fn run(self, session: Option<&mut Session>) -> Result<Window> {
        let (filter, limit) = self.query();
        let mut options = FindOptions::default();
        options.sort = Some(doc! { "n": 1 });
        // A negative limit: one reply, and no cursor stays.
        options.limit = Some(-limit);
        // Else it has 101 documents at most.
        options.batch_size = u32::try_from(limit).ok();
        let chunks = self.source.chunks.inner().clone();
        let (lender, client) = (self.source.chunks.scope().state(), chunks.client().clone());
        let source = source_of!(session, lender, &client, chunks.find(filter).with_options(options));
        let reply = Cursor::new(source, Whole).next_batch().await?;
        self.check(reply)
    }
}

impl Fetch {
    fn query(&self) -> (Document, i64) {
        let (first, end) = (self.first as i64, (self.first + self.count) as i64);
        let range = match self.first + self.count < self.source.layout.chunks() {
            true => doc! { "$gte": first, "$lt": end },
            // Up to the end of the file: there must be nothing behind it.
            false => doc! { "$gte": first },
        };
        // One more than there should be, to see it.
        (doc! { "files_id": { "$eq": self.source.id.clone() }, "n": range }, self.count as i64 + 1)
    }

    fn check(self, reply: Option<Batch<Chunk<'static>>>) -> Result<Window> {
        let Self { source, first, count } = self;
        let mut pieces = Vec::with_capacity(count as usize);
        if let Some(batch) = &reply {
            let start = batch.reply().map_or(0, |reply| reply.as_bytes().as_ptr() as usize);
            for piece in batch.iter() {
                let Piece { n, data } = piece?;
                let (n, expected) = (n as u64, first + pieces.len() as u64);
                // Old drivers ended a file by an empty chunk.
                if n >= source.layout.chunks() && data.is_empty() {
                    continue;
                }
                if n < expected || (n == expected && pieces.len() as u64 == count) {
                    return Err(source.damaged(Damage::ExtraChunk { n }));
                }
                if n > expected {
                    let damage = match pieces.len() as u64 == count {
                        true => Damage::ExtraChunk { n },
                        false => Damage::MissingChunk { n: expected },
                    };
                    return Err(source.damaged(damage));
                }
                let (size, found) = (source.layout.size(n), data.len() as u64);
                if size != found {
                    return Err(source.damaged(Damage::WrongSize { n, expected: size, found }));
                }
                // Both are slices of one buffer; the offset is kept instead of the borrow.
                let offset = data.as_ptr() as usize - start;
                pieces.push(offset..offset + data.len());
            }
        }
        if (pieces.len() as u64) < count {
            return Err(source.damaged(Damage::MissingChunk { n: first + pieces.len() as u64 }));
        }
        Ok(Window { reply, first, pieces })
    }
}

/// Compares the content with the stored SHA-256, while it is read from the start to the end.
pub(super) struct Checker {
    expected: String,
    hasher: Sha256,
    /// The chunk that comes next.
    next: u64,
}

impl Checker {
    pub(super) fn new(expected: String) -> Self {
        Self { expected, hasher: Sha256::new(), next: 0 }
    }

    /// Takes the next window, and tells whether all is well.
    pub(super) fn check(&mut self, window: &Window, layout: Layout) -> bool {
        if window.first == 0 && self.next > 0 {
            (self.hasher, self.next) = (Sha256::new(), 0);
        }
        if window.first != self.next {
            return true;
        }
        for n in window.first..window.end() {
            self.hasher.update(window.data(n).unwrap_or_default());
        }
        self.next = window.end();
        if self.next < layout.chunks() {
            return true;
        }
        let hash = self.hasher.clone().finalize();
        let stored = (0..32).map(|index| {
            u8::from_str_radix(self.expected.get(2 * index..2 * index + 2).unwrap_or_default(), 16).ok()
        });
        stored.eq(hash.iter().map(|byte| Some(*byte)))
    }
}
