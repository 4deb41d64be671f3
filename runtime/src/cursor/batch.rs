//! One reply of the server, and the documents in it.

use std::{marker::PhantomData, ops::Range};

use mongodb::{bson::RawDocument, raw_batch_cursor::RawBatch};

use crate::{
    codec::{Decode, DocumentReader, decode},
    cursor::{Lend, ReadRow, Whole},
    error::Result,
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
pub struct Batch<O, R = Whole> {
    reply: Option<RawBatch>,
    /// Where the array of documents lies in the reply's bytes.
    array: (usize, usize),
    /// Where the document begins that a cursor reads next, from the start of the array; none at the end.
    next: Option<usize>,
    read: R,
    row: PhantomData<fn() -> O>,
}

impl<O: 'static, R> Batch<O, R> {
    pub(crate) fn empty(read: R) -> Self {
        Self { reply: None, array: (0, 0), next: None, read, row: PhantomData }
    }

    pub(crate) fn new(reply: RawBatch, read: R) -> Result<Self> {
        let bytes = reply.as_raw_document().as_bytes();
        let array = reply.doc_slices()?.as_bytes();
        // Both are slices of one buffer; the offset is kept instead of the borrow.
        let start = array.as_ptr() as usize - bytes.as_ptr() as usize;
        let array = (start, start + array.len());
        Ok(Self { reply: Some(reply), array, next: Some(0), read, row: PhantomData })
    }

    fn bytes(&self) -> &[u8] {
        let reply = self.reply.as_ref().map(|reply| reply.as_raw_document().as_bytes());
        reply.and_then(|bytes| bytes.get(self.array.0..self.array.1)).unwrap_or_default()
    }

    /// The documents, each read when the iterator comes to it; a model or view with a lifetime borrows from the batch.
    pub fn iter(&self) -> Rows<'_, O::Borrowed<'_>>
    where
        O: Lend,
    {
        Rows { rows: self.raw_rows(), row: PhantomData }
    }

    /// The documents as bytes.
    pub fn raw(&self) -> Rows<'_, &RawDocument> {
        Rows { rows: self.raw_rows(), row: PhantomData }
    }

    /// The documents as values that outlive the batch.
    pub fn owned(&self) -> Owned<'_, O, R>
    where
        R: ReadRow<O>,
    {
        Owned { rows: self.raw_rows(), read: &self.read, row: PhantomData }
    }

    /// The server's whole reply.
    #[must_use]
    pub fn reply(&self) -> Option<&RawDocument> {
        self.reply.as_ref().map(RawBatch::as_raw_document)
    }

    fn raw_rows(&self) -> RawRows<'_> {
        RawRows { reader: self.reader() }
    }

    fn reader(&self) -> Option<DocumentReader<'_>> {
        DocumentReader::new(self.bytes()).ok()
    }

    /// Goes over the next document and tells where it is, for [`document`](Self::document); `None` at the end.
    #[inline]
    pub(crate) fn step(&mut self) -> Result<Option<Range<usize>>> {
        let Some(start) = self.next.take() else { return Ok(None) };
        let mut reader = DocumentReader::new(self.bytes())?;
        reader.skip_to(start);
        let Some(document) = reader.take_document()? else { return Ok(None) };
        let (len, next) = (document.len(), reader.position());
        self.next = Some(next);
        // Positions count from behind the length of the array.
        Ok(Some(next + 4 - len..next + 4))
    }

    /// The bytes of a document that was gone over.
    #[inline]
    pub(crate) fn document(&self, at: Range<usize>) -> &[u8] {
        self.bytes().get(at).unwrap_or_default()
    }

    /// Whether a cursor has read all of it.
    pub(crate) fn is_read(&self) -> bool {
        // A zero byte ends the array, where the type of an element stands otherwise. Its length stands in front.
        self.next.is_none_or(|next| self.bytes().get(next + 4).is_none_or(|byte| *byte == 0))
    }

    /// The next document for a cursor, which cannot keep an iterator into its own batch; `None` at the end.
    #[inline]
    pub(super) fn next_owned(&mut self) -> Result<Option<O>>
    where
        R: ReadRow<O>,
    {
        let Some(start) = self.next.take() else { return Ok(None) };
        let mut reader = DocumentReader::new(self.bytes())?;
        reader.skip_to(start);
        let Some(document) = reader.take_document()? else { return Ok(None) };
        let next = Some(reader.position());
        let document = self.read.read(document);
        self.next = next;
        match document {
            Ok(document) => Ok(Some(document)),
            Err(error) => Err(error.into()),
        }
    }
}

impl<O, R> std::fmt::Debug for Batch<O, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("bytes", &(self.array.1 - self.array.0)).finish_non_exhaustive()
    }
}

/// The documents of a [`Batch`], as an iterator of `Result`s that borrow from it.
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Rows<'b, R> {
    rows: RawRows<'b>,
    row: PhantomData<fn() -> R>,
}

impl<'b, R: Decode<'b>> Iterator for Rows<'b, R> {
    type Item = Result<R>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next().map(|document| decode(document?).map_err(Into::into))
    }
}

/// The documents of a [`Batch`], as an iterator of `Result`s that outlive it.
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Owned<'b, O, R> {
    rows: RawRows<'b>,
    read: &'b R,
    row: PhantomData<fn() -> O>,
}

impl<O: 'static, R: ReadRow<O>> Iterator for Owned<'_, O, R> {
    type Item = Result<O>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next().map(|document| self.read.read(document?).map_err(Into::into))
    }
}

/// The bytes of each document.
#[derive(Debug)]
struct RawRows<'b> {
    reader: Option<DocumentReader<'b>>,
}

impl<'b> Iterator for RawRows<'b> {
    type Item = Result<&'b [u8]>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.reader.as_mut()?.take_document() {
            Ok(Some(document)) => Some(Ok(document)),
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
