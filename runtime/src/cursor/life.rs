//! Whether a cursor is open, where, and how it ends or begins anew.

use futures_util::future::poll_fn;
use mongodb::raw_batch_cursor::RawBatch;

use super::{Batch, Cursor, Query};
use crate::{
    Session,
    error::{Error, Result},
};

impl<'s, O: 'static, R: Clone> Cursor<'s, O, R> {
    /// Opens a cursor that can be opened again.
    pub(crate) async fn open(query: Query, session: Option<&'s mut Session>, read: R) -> Result<Self> {
        let mut cursor = Self::new(query.clone().open(session).await?, read);
        cursor.query = Some(Box::new(query));
        cursor.begin().await?;
        Ok(cursor)
    }

    /// Opens a cursor that is read once and at once.
    pub(crate) async fn open_once(query: Query, session: Option<&'s mut Session>, read: R) -> Result<Self> {
        Ok(Self::new(query.open(session).await?, read))
    }

    /// Whether it may give more documents: some are left in the batch, or it is open on the server.
    ///
    /// Of a tailable cursor that gave `None`, it tells "nothing yet" from "never again".
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.id != 0 || self.first.as_ref().is_some_and(has_documents) || !self.batch.is_read()
    }

    /// Its id on the server; `None` when it is not open there, since everything has been fetched, it was closed, or it
    /// has failed.
    #[must_use]
    pub fn id(&self) -> Option<i64> {
        (self.id != 0).then_some(self.id)
    }

    /// The session that it runs in, if it was given one. It comes back when the cursor is dropped.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.source.session()
    }

    pub(crate) fn session_mut(&mut self) -> Option<&mut Session> {
        self.source.session_mut()
    }

    /// Asks for the host and port of the server that has it open, as that machine names itself. `None` when it is not open,
    /// and when another server answered than the one that has it, as may be with several secondaries.
    ///
    /// # Errors
    ///
    /// When the server refuses it (a user needs the privilege `inprog`, or must have opened the cursor) or cannot be
    /// reached.
    pub async fn address(&self) -> Result<Option<String>> {
        match (&self.query, self.id()) {
            (Some(query), Some(id)) => query.address(id).await,
            _ => Ok(None),
        }
    }

    /// Closes it, on the server as well, when this returns. A cursor that is dropped is closed there soon after.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached; it closes idle cursors by itself after 30 minutes.
    pub async fn close(mut self) -> Result<()> {
        let id = self.id();
        self.source.release().await;
        match (&self.query, id) {
            (Some(query), Some(id)) => query.kill(id).await.map(drop),
            _ => Ok(()),
        }
    }

    /// Runs the operation again, in the same session: the next document is the first one. The old run is closed.
    ///
    /// Cancel safety: when the future is dropped, the cursor is at its end.
    ///
    /// # Errors
    ///
    /// When the server refuses the operation or cannot be reached; [argument](Error::is_argument) for the cursors of other
    /// operations than `find`.
    pub async fn rewind(&mut self) -> Result<()> {
        let query = self.query()?;
        self.end();
        let session = self.source.release().await;
        self.source = query.open(session).await?;
        self.begin().await
    }

    /// Another cursor over the same documents, from the beginning and outside of the session.
    ///
    /// # Errors
    ///
    /// As [`rewind`](Self::rewind).
    pub async fn again(&self) -> Result<Cursor<'static, O, R>> {
        Cursor::open(self.query()?, None, self.read.clone()).await
    }

    fn query(&self) -> Result<Query> {
        self.query.as_deref().cloned().ok_or_else(|| {
            Error::argument("only the cursor of a `find` can be run again: start this operation anew")
        })
    }

    /// Keeps the first reply, which is there already: it has the id.
    async fn begin(&mut self) -> Result<()> {
        self.first = poll_fn(|context| self.poll_reply(context)).await.transpose()?;
        Ok(())
    }

    /// Forgets everything that was fetched.
    pub(super) fn end(&mut self) {
        (self.id, self.first, self.pause) = (0, None, None);
        self.batch = Batch::empty(self.read.clone());
    }
}

/// The id of the cursor that a reply tells; 0 when it is closed.
pub(crate) fn id_of(reply: &RawBatch) -> i64 {
    let cursor = reply.as_raw_document().get_document("cursor");
    cursor.and_then(|cursor| cursor.get_i64("id")).unwrap_or_default()
}

fn has_documents(reply: &RawBatch) -> bool {
    reply.doc_slices().is_ok_and(|documents| !documents.is_empty())
}
