//! Reading a cursor in steps.

use std::ops::ControlFlow;

use futures_util::future::poll_fn;

use super::{Batch, Cursor, ReadRow};
use crate::error::Result;

impl<O: 'static, R: ReadRow<O>> Cursor<'_, O, R> {
    /// The next document if there is one now, after at most one request; `None` otherwise.
    ///
    /// For tailable cursors: [`is_alive`](Self::is_alive) tells then whether there may be more. With
    /// [`CursorType::TailableAwait`](mongodb::options::CursorType) the server waits for a document before it answers, one
    /// second or [`max_await_time`](crate::action::Find::max_await_time); with `Tailable` it answers at once, so pause
    /// before you ask again.
    ///
    /// Cancel safety: a dropped future loses no document.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next).
    pub async fn next_if_any(&mut self) -> Result<Option<O>> {
        if let Some(document) = self.batch.next_owned()? {
            return Ok(Some(document));
        }
        match poll_fn(|context| self.poll_reply(context)).await {
            None => Ok(None),
            Some(reply) => {
                self.batch = Batch::new(reply?, self.read.clone())?;
                self.batch.next_owned()
            }
        }
    }

    /// The next documents, at most so many; less only at the end. Call it again for those after them.
    ///
    /// Cancel safety: documents that were read already are lost with a dropped future.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next). The documents before the one that failed are lost.
    pub async fn to_list(&mut self, most: usize) -> Result<Vec<O>> {
        let mut documents = Vec::new();
        while documents.len() < most
            && let Some(document) = self.try_next().await?
        {
            documents.push(document);
        }
        Ok(documents)
    }

    /// Calls a function with each document, until it breaks. What it breaks with comes out, and the cursor can be read on
    /// from the document after that one; `Continue` comes out at the end.
    ///
    /// For a function that awaits, write a loop over [`try_next`](Self::try_next).
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next).
    pub async fn for_each<B>(&mut self, mut call: impl FnMut(O) -> ControlFlow<B>) -> Result<ControlFlow<B>> {
        while let Some(document) = self.try_next().await? {
            if let ControlFlow::Break(value) = call(document) {
                return Ok(ControlFlow::Break(value));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
