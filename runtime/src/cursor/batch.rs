//! One reply of the server, and the documents in it.

use std::marker::PhantomData;

use mongodb::{bson::RawDocument, raw_batch_cursor::RawBatch};

use crate::{
    codec::{Decode, DecodeOwned, DocumentReader, decode},
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
    /// Where the document begins that a cursor reads next, from the start of the array; none at the end.
    next: Option<usize>,
    document: PhantomData<fn() -> D>,
}

impl<D: Record> Batch<D> {
    /// The documents, each read when the iterator comes to it; a model with a lifetime borrows from the batch.
    pub fn iter(&self) -> Rows<'_, D::Borrowed<'_>> {
        Rows { reader: self.reader(), row: PhantomData }
    }
}

impl<D> Batch<D> {
    pub(super) fn empty() -> Self {
        Self { reply: None, array: (0, 0), next: None, document: PhantomData }
    }

    pub(crate) fn new(reply: RawBatch) -> Result<Self> {
        let bytes = reply.as_raw_document().as_bytes();
        let array = reply.doc_slices()?.as_bytes();
        // Both are slices of one buffer; the offset is kept instead of the borrow.
        let start = array.as_ptr() as usize - bytes.as_ptr() as usize;
        let array = (start, start + array.len());
        Ok(Self { reply: Some(reply), array, next: Some(0), document: PhantomData })
    }

    fn bytes(&self) -> &[u8] {
        let reply = self.reply.as_ref().map(|reply| reply.as_raw_document().as_bytes());
        reply.and_then(|bytes| bytes.get(self.array.0..self.array.1)).unwrap_or_default()
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

    /// The next document for a cursor, which cannot keep an iterator into its own batch; `None` at the end.
    #[inline]
    pub(super) fn next_owned(&mut self) -> Result<Option<D>>
    where
        D: DecodeOwned,
    {
        let Some(start) = self.next.take() else { return Ok(None) };
        let mut reader = DocumentReader::new(self.bytes())?;
        reader.skip_to(start);
        let Some(document) = reader.take_document()? else { return Ok(None) };
        let next = Some(reader.position());
        let document = decode(document);
        self.next = next;
        match document {
            Ok(document) => Ok(Some(document)),
            Err(error) => Err(error.into()),
        }
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

impl<'b, R: Decode<'b>> Iterator for Rows<'b, R> {
    type Item = Result<R>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.reader.as_mut()?.take_document() {
            Ok(Some(document)) => Some(decode(document).map_err(Into::into)),
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
