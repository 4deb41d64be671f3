//! Reading on, and reading ahead.

use std::{
    future::poll_fn,
    task::{Context, Poll, ready},
};

use super::{BATCH_BYTES, Download, FIRST_BYTES, Fetch};
use crate::{
    error::{Damage, Result},
    gridfs::Metadata,
};

/// How much memory is taken at once for a file that is read whole: its length is the word of a document.
const MAX_RESERVED: u64 = 64 * 1024 * 1024;

impl<M: Metadata> Download<'_, M> {
    /// Reads at most so many bytes: fewer only at the end of the file.
    ///
    /// # Errors
    ///
    /// [Damaged file](crate::Error::is_damaged_file) when chunks are not as they should be; when the server refuses
    /// the operation or cannot be reached. Reading can be tried again then.
    pub async fn read_bytes(&mut self, count: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            let rest = count - bytes.len();
            poll_fn(|context| self.poll_data(context)).await?;
            let data = self.data();
            let data = &data[..data.len().min(rest)];
            if data.is_empty() {
                break;
            }
            bytes.extend_from_slice(data);
            self.position += data.len() as u64;
        }
        Ok(bytes)
    }

    /// Reads everything from here to the end.
    ///
    /// # Errors
    ///
    /// As [`read_bytes`](Self::read_bytes).
    pub async fn read_all(&mut self) -> Result<Vec<u8>> {
        let rest = self.layout().length.saturating_sub(self.position);
        let mut bytes = Vec::with_capacity(rest.min(MAX_RESERVED) as usize);
        self.to_end = true;
        while self.read_into(&mut bytes).await? {}
        self.to_end = false;
        Ok(bytes)
    }

    /// Reads to the end of the chunk, or `None` at the end of the file.
    ///
    /// # Errors
    ///
    /// As [`read_bytes`](Self::read_bytes).
    pub async fn read_chunk(&mut self) -> Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        Ok(self.read_into(&mut bytes).await?.then_some(bytes))
    }

    /// Reads to the end of the line, with its `\n`, or `None` at the end of the file. A line without an end is all that
    /// is left: give untrusted files to [`read_bytes`](Self::read_bytes).
    ///
    /// # Errors
    ///
    /// As [`read_bytes`](Self::read_bytes).
    pub async fn next_line(&mut self) -> Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            poll_fn(|context| self.poll_data(context)).await?;
            let data = self.data();
            let end = data.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(data.len(), |end| end + 1);
            line.extend_from_slice(&data[..taken]);
            self.position += taken as u64;
            if end.is_some() || taken == 0 {
                return Ok(Some(line).filter(|line| !line.is_empty()));
            }
        }
    }

    /// Appends what is at hand; false at the end of the file.
    async fn read_into(&mut self, bytes: &mut Vec<u8>) -> Result<bool> {
        poll_fn(|context| self.poll_data(context)).await?;
        let data = self.data();
        let count = data.len();
        bytes.extend_from_slice(data);
        self.position += count as u64;
        Ok(count > 0)
    }

    /// What lies at the position in the reply at hand: to the end of its chunk.
    pub(super) fn data(&self) -> &[u8] {
        let (n, offset) = self.layout().place(self.position);
        let chunk = self.current.as_ref().and_then(|window| window.data(n));
        chunk.and_then(|chunk| chunk.get(offset as usize..)).unwrap_or_default()
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.position += count.min(self.data().len()) as u64;
    }

    /// Waits until there is [data](Self::data) at the position, or the end of the file.
    pub(super) fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        let layout = self.layout();
        let is_empty = layout.length == 0 && !self.is_checked;
        if self.position >= layout.length && !is_empty {
            return Poll::Ready(Ok(()));
        }
        let (n, _) = layout.place(self.position);
        loop {
            if self.current.as_ref().is_some_and(|window| window.data(n).is_some()) {
                return Poll::Ready(Ok(()));
            }
            self.current = None;
            if self.lane.is_empty() || self.ahead.start != n {
                self.jump(n);
            }
            self.read_ahead();
            let Some(window) = ready!(self.lane.poll_next(context)) else { continue };
            let window = window.inspect_err(|_| self.jump(n))?;
            self.ahead.start = window.end();
            self.is_steady = true;
            if let Some(checker) = &mut self.checker
                && !checker.check(&window, layout)
            {
                self.jump(0);
                return Poll::Ready(Err(self.source.damaged(Damage::Checksum)));
            }
            self.is_checked = true;
            self.current = Some(window);
            self.read_ahead();
            if layout.length == 0 {
                return Poll::Ready(Ok(()));
            }
        }
    }

    /// Starts anew at a chunk.
    fn jump(&mut self, n: u64) {
        self.lane.forget();
        self.ahead = n..n;
        self.is_steady = self.to_end;
    }

    /// Asks for as much as may be under way.
    fn read_ahead(&mut self) {
        let layout = self.layout();
        while self.lane.has_room() {
            let budget = match (self.is_steady, self.ahead.is_empty()) {
                (true, _) => BATCH_BYTES,
                (false, true) => FIRST_BYTES,
                (false, false) => break,
            };
            let first = self.ahead.end;
            let last = self.stop.max(self.position.saturating_add(1)) - 1;
            let wanted = (layout.place(last).0 + 1).saturating_sub(first);
            let count = layout.fitting(first, budget).min(wanted);
            let is_empty = layout.length == 0 && !self.is_checked;
            if count == 0 && !is_empty {
                break;
            }
            self.lane.start(Fetch { source: self.source.clone(), first, count });
            self.ahead.end += count;
            if is_empty {
                break;
            }
        }
    }
}
