//! Bytes become chunks: each is copied once, into the document that is sent.

use std::{
    fmt::Write,
    hash::{BuildHasher, Hasher, RandomState},
    io,
};

use mongodb::bson::{Bson, DateTime, RawDocumentBuf, oid::ObjectId};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::super::{BATCH_BYTES, chunk::Chunk};
use crate::{
    codec::{encode_with, into_raw},
    error::Result,
};

/// Bytes of a chunk's document beside its data, roughly.
const FRAME: usize = 128;

pub(super) struct Chunker {
    files_id: Bson,
    mark: Option<Mark>,
    chunk_size: usize,
    /// The number of the chunk that comes next.
    next: i64,
    length: u64,
    current: Option<Open>,
    batch: Vec<RawDocumentBuf>,
    batch_bytes: usize,
    hasher: Option<Sha256>,
}

/// A chunk's document, to which data is added at its end.
struct Open {
    bytes: Vec<u8>,
    /// Where the data starts.
    start: usize,
}

/// What the ids of an upload's chunks have in common.
///
/// An upload to an `_id` that the caller gives may meet the chunks of another file with that `_id`: it must know its own
/// ones, to remove no others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark([u8; 5]);

impl Mark {
    pub(super) fn new() -> Self {
        let random = RandomState::new().build_hasher().finish().to_be_bytes();
        Self([random[0], random[1], random[2], random[3], random[4]])
    }

    /// An ObjectId of the time now.
    fn id(self, n: i64) -> ObjectId {
        let seconds = (DateTime::now().timestamp_millis() / 1000) as u32;
        let ([a, b, c, d], n) = (seconds.to_be_bytes(), n.to_be_bytes());
        let Self([e, f, g, h, i]) = self;
        ObjectId::from_bytes([a, b, c, d, e, f, g, h, i, n[5], n[6], n[7]])
    }

    pub(super) fn is_on(self, id: ObjectId) -> bool {
        id.bytes()[4..9] == self.0
    }
}

impl Chunker {
    pub(super) fn new(files_id: Bson, mark: Option<Mark>, chunk_size: usize, hash: bool) -> Self {
        Self {
            files_id,
            mark,
            chunk_size,
            next: 0,
            length: 0,
            current: None,
            batch: Vec::new(),
            batch_bytes: 0,
            hasher: hash.then(Sha256::new),
        }
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn chunk_size(&self) -> u32 {
        self.chunk_size as u32
    }

    pub(super) fn is_hashing(&self) -> bool {
        self.hasher.is_some()
    }

    /// Whether the batch is to be sent before more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.batch_bytes as u64 >= BATCH_BYTES
    }

    pub(super) fn has_batch(&self) -> bool {
        !self.batch.is_empty()
    }

    pub(super) fn take_batch(&mut self) -> Vec<RawDocumentBuf> {
        self.batch_bytes = 0;
        std::mem::take(&mut self.batch)
    }

    /// Takes bytes until the batch is full, and tells how many.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<usize> {
        let mut rest = bytes;
        while !rest.is_empty() && !self.is_full() {
            let chunk_size = self.chunk_size;
            let open = self.open()?;
            let (data, after) = rest.split_at(rest.len().min(chunk_size - open.filled()));
            open.bytes.extend_from_slice(data);
            self.added(data.len())?;
            rest = after;
        }
        Ok(bytes.len() - rest.len())
    }

    /// Reads from a source into the current chunk; 0 at its end.
    pub(super) async fn fill<R: AsyncRead + Unpin>(&mut self, source: &mut R) -> Result<io::Result<usize>> {
        let chunk_size = self.chunk_size;
        let open = self.open()?;
        let room = (chunk_size - open.filled()) as u64;
        let read = match source.take(room).read_buf(&mut open.bytes).await {
            Ok(read) => read,
            Err(error) => return Ok(Err(error)),
        };
        self.added(read)?;
        Ok(Ok(read))
    }

    /// Ends the last chunk.
    pub(super) fn finish(&mut self) -> Result<()> {
        match self.current.take() {
            Some(open) if open.filled() > 0 => self.end(open),
            _ => Ok(()),
        }
    }

    /// The SHA-256 of all in hexadecimal digits, where it was asked for.
    pub(super) fn sha256(&self) -> Option<String> {
        let hash = self.hasher.clone()?.finalize();
        Some(hash.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }

    fn open(&mut self) -> Result<&mut Open> {
        let open = match self.current.take() {
            Some(open) => open,
            None => {
                let id = self.mark.map_or_else(ObjectId::new, |mark| mark.id(self.next));
                let chunk = Chunk { id, files_id: self.files_id.clone(), n: self.next, data: &[] };
                let mut bytes = encode_with(&chunk, Vec::with_capacity(self.chunk_size + FRAME))?;
                // The end of the document, written again by `end`.
                bytes.pop();
                self.next += 1;
                Open { start: bytes.len(), bytes }
            }
        };
        Ok(self.current.insert(open))
    }

    /// Counts what was added to the current chunk, and ends it when it is full.
    fn added(&mut self, count: usize) -> Result<()> {
        self.length += count as u64;
        let Some(open) = &self.current else { return Ok(()) };
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&open.bytes[open.bytes.len() - count..]);
        }
        match self.current.take_if(|open| open.filled() == self.chunk_size) {
            Some(open) => self.end(open),
            None => Ok(()),
        }
    }

    fn end(&mut self, open: Open) -> Result<()> {
        let document = open.into_document()?;
        self.batch_bytes += document.as_bytes().len();
        self.batch.push(document);
        Ok(())
    }
}

impl Open {
    fn filled(&self) -> usize {
        self.bytes.len() - self.start
    }

    fn into_document(self) -> Result<RawDocumentBuf> {
        let data = (self.filled() as u32).to_le_bytes();
        let Self { mut bytes, start } = self;
        bytes.push(0);
        let length = (bytes.len() as u32).to_le_bytes();
        // Behind the length of the data stands its subtype.
        bytes[start - 5..start - 1].copy_from_slice(&data);
        bytes[..4].copy_from_slice(&length);
        Ok(into_raw(bytes)?)
    }
}
