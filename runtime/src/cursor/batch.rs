//! One reply of the server, and the documents in it.

use std::marker::PhantomData;

use mongodb::{bson::RawDocument, raw_batch_cursor::RawBatch};

use crate::{
    codec::{DecodeError, DecodeOwned, DocumentReader, decode_document},
    error::Result,
    model::Record,
};

/// The documents of one reply, still as bytes; reading them copies nothing but what a model owns.
///
/// # Examples
///
/// ```no_run
/// # use odmium::prelude::*;
/// #[derive(Document)]
/// #[document(collection = "users")]
/// struct Row<'a> { id: Id<Row<'static>>, name: &'a str }
///
/// # async fn f(db: odmium::Database) -> odmium::Result<()> {
/// let mut cursor = db.collection::<Row<'_>>().find(Filter::everything()).cursor().await?;
/// while let Some(batch) = cursor.next_batch().await? {
///     for row in batch.iter() {
///         println!("{}", row?.name);
///     }
/// }
/// # Ok(()) }
/// ```
pub struct Batch<D> {
    reply: Option<RawBatch>,
    /// Where the array of documents lies in the reply's bytes.
    array: (usize, usize),
    /// How far the cursor has read, from the start of the array.
    at: usize,
    document: PhantomData<fn() -> D>,
}

impl<D: Record> Batch<D> {
    pub(super) fn empty() -> Self {
        Self { reply: None, array: (0, 0), at: 0, document: PhantomData }
    }

    pub(crate) fn new(reply: RawBatch) -> Result<Self> {
        let bytes = reply.as_raw_document().as_bytes();
        let array = reply.doc_slices()?.as_bytes();
        // Both are slices of one buffer; the offset is kept instead of the borrow.
        let start = array.as_ptr() as usize - bytes.as_ptr() as usize;
        let array = (start, start + array.len());
        Ok(Self { reply: Some(reply), array, at: 0, document: PhantomData })
    }

    fn bytes(&self) -> &[u8] {
        let reply = self.reply.as_ref().map(|reply| reply.as_raw_document().as_bytes());
        reply.and_then(|bytes| bytes.get(self.array.0..self.array.1)).unwrap_or_default()
    }

    /// The documents, each read when the iterator comes to it; a model with a lifetime borrows from the batch.
    pub fn iter(&self) -> Rows<'_, D::Borrowed<'_>> {
        Rows { reader: self.reader(), row: PhantomData }
    }

    /// The documents as bytes.
    pub fn raw(&self) -> Rows<'_, &RawDocument> {
        Rows { reader: self.reader(), row: PhantomData }
    }

    /// The documents as values that outlive the batch.
    pub fn owned(&self) -> Rows<'_, D>
    where
        D: DecodeOwned,
    {
        Rows { reader: self.reader(), row: PhantomData }
    }

    /// The server's whole reply.
    #[must_use]
    pub fn reply(&self) -> Option<&RawDocument> {
        self.reply.as_ref().map(RawBatch::as_raw_document)
    }

    fn reader(&self) -> Option<DocumentReader<'_>> {
        DocumentReader::new(self.bytes()).ok()
    }

    /// The next document for a cursor, which cannot keep an iterator into its own batch.
    pub(super) fn next_owned(&mut self) -> Option<Result<D>>
    where
        D: DecodeOwned,
    {
        if self.at == usize::MAX {
            return None;
        }
        let mut reader = self.reader()?;
        reader.skip_to(self.at);
        let mut rows = Rows::<D> { reader: Some(reader), row: PhantomData };
        let next = rows.next();
        self.at = rows.reader.map_or(usize::MAX, |reader| reader.position());
        next
    }
}

impl<D> std::fmt::Debug for Batch<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("bytes", &(self.array.1 - self.array.0)).finish_non_exhaustive()
    }
}

/// The documents of a [`Batch`], as an iterator of `Result`s.
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Rows<'b, R> {
    reader: Option<DocumentReader<'b>>,
    row: PhantomData<fn() -> R>,
}

impl<'b, R: crate::codec::Decode<'b>> Iterator for Rows<'b, R> {
    type Item = Result<R>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        match reader.next_known(&[]) {
            Ok(Some(_)) => Some(document(reader).map_err(Into::into)),
            Ok(None) => {
                self.reader = None;
                None
            }
            Err(error) => {
                self.reader = None;
                Some(Err(error.into()))
            }
        }
    }
}

#[inline]
fn document<'b, R: crate::codec::Decode<'b>>(reader: &DocumentReader<'b>) -> Result<R, DecodeError> {
    decode_document(reader.raw().bytes())
}
