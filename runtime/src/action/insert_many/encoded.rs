//! Many documents, encoded into few buffers.

use mongodb::bson::RawDocument;

use super::super::insert::{MAX_DOCUMENT, stored_id, with_new_id};
use crate::{
    codec::{DecodeOwned, Writer},
    error::{Error, Result},
    model::{Record, Whole},
};

/// How many bytes and documents one message has, roughly: the server takes 48 MB and 100,000. The driver copies a message
/// three times and keeps two tables of its `_id`s, which is faster while they fit the processor's caches.
const MESSAGE_BYTES: usize = 8 * 1024 * 1024;
const MESSAGE_DOCUMENTS: usize = 25_000;

/// Documents that are cut into messages.
#[derive(Default)]
pub(super) struct Encoder {
    messages: Vec<Message>,
    /// The message that fills.
    writer: Writer,
    ends: Vec<usize>,
    count: usize,
}

/// Documents, one behind the other.
pub(super) struct Message {
    bytes: Vec<u8>,
    /// Where each document ends.
    ends: Vec<usize>,
}

impl Encoder {
    pub(super) fn push<D: Record>(&mut self, document: &D) -> Result<()> {
        let start = self.writer.len();
        self.writer.document(&Whole(document));
        let size = self.writer.len() - start;
        if size > MAX_DOCUMENT {
            return Err(Error::argument(format!(
                "the document at position {} has {size} bytes, and the server takes at most {MAX_DOCUMENT}: store large \
                 values in GridFS",
                self.count
            )));
        }
        self.ends.push(self.writer.len());
        self.count += 1;
        match self.writer.len() >= MESSAGE_BYTES || self.ends.len() == MESSAGE_DOCUMENTS {
            true => self.end_message(),
            false => Ok(()),
        }
    }

    /// The messages, with an `_id` in every document, and the `_id`s in the order of the documents.
    pub(super) fn finish<I: DecodeOwned>(mut self) -> Result<(Vec<Message>, Vec<I>)> {
        self.end_message()?;
        let mut ids = Vec::with_capacity(self.count);
        for message in &mut self.messages {
            message.identify(&mut ids)?;
        }
        Ok((self.messages, ids))
    }

    fn end_message(&mut self) -> Result<()> {
        if !self.ends.is_empty() {
            let bytes = std::mem::take(&mut self.writer).finish()?;
            let ends = std::mem::take(&mut self.ends);
            self.writer = Writer::new(Vec::with_capacity(bytes.len() + 1024));
            self.messages.push(Message { bytes, ends });
        }
        Ok(())
    }
}

impl Message {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn documents(&self) -> impl Iterator<Item = &RawDocument> {
        self.pieces().filter_map(|bytes| RawDocument::from_bytes(bytes).ok())
    }

    fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| self.bytes.get(*start..*end).unwrap_or_default())
    }

    /// Reads the `_id` of each document, and writes one into those that have none.
    fn identify<I: DecodeOwned>(&mut self, ids: &mut Vec<I>) -> Result<()> {
        let mut rewritten: Option<Self> = None;
        let mut start = 0;
        for (index, document) in self.pieces().enumerate() {
            let (id, with_id) = match stored_id(document)? {
                Some(id) => (id, None),
                None => {
                    let (with_id, id) = with_new_id(document)?;
                    (id, Some(with_id))
                }
            };
            ids.push(id);
            if with_id.is_some() && rewritten.is_none() {
                rewritten =
                    Some(Self { bytes: self.bytes[..start].to_vec(), ends: self.ends[..index].to_vec() });
            }
            if let Some(Self { bytes, ends }) = &mut rewritten {
                bytes.extend_from_slice(with_id.as_deref().unwrap_or(document));
                ends.push(bytes.len());
            }
            start += document.len();
        }
        if let Some(rewritten) = rewritten {
            *self = rewritten;
        }
        Ok(())
    }
}
