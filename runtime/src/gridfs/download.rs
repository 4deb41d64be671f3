//! Reading a file.

mod open;
mod read;
mod traits;
mod wanted;
mod window;

pub use self::open::{DownloadTo, OpenDownload};
pub(super) use self::wanted::Wanted;
use self::window::{Checker, Fetch, Source, Window};
use super::{BATCH_BYTES, Bucket, File, Metadata, lane::Lane, layout::Layout};
use crate::{Session, error::Result};

/// How much is read first, at the start and after a jump: a reader may want no more than that.
const FIRST_BYTES: u64 = 1024 * 1024;

/// A file that is being read; made by [`Bucket::open_download_stream`] and the like.
///
/// It is a tokio [`AsyncBufRead`](tokio::io::AsyncBufRead), `AsyncRead` and [`AsyncSeek`](tokio::io::AsyncSeek), and a
/// [`Stream`](futures_util::Stream) of chunks; the methods here give errors of this crate. Chunks are lent straight
/// from the server's replies. Behind the first one, which has 1 MiB, replies of some 2 MiB are read ahead, three at a
/// time; where everything is read at once ([`read_all`](Self::read_all), [`Bucket::download_to`]), from the start.
/// Memory: some 8 MiB and the driver's copies of three replies, whatever the size of the file. In a session, one at a
/// time.
///
/// Every chunk is checked before a byte of its reply is given: a missing, short, long or extra one is a
/// [damaged file](crate::Error::is_damaged_file) error. Where the uploader stored a SHA-256, reading from the start to
/// the end compares it, before the last reply is given. Each reply is an operation of its own, which the driver
/// tries again once: reading goes on after a change of the primary.
pub struct Download<'a, M> {
    file: File<M>,
    source: Source,
    position: u64,
    /// Where the reader is going to stop: nothing behind it is read ahead.
    stop: u64,
    current: Option<Window>,
    lane: Lane<'a, Window>,
    /// The first chunk of the reply that comes next from the lane, and that for which nothing was asked yet.
    ahead: std::ops::Range<u64>,
    /// Whether the reader goes through the file, so that reading ahead pays.
    is_steady: bool,
    /// Whether all the rest is wanted, so that it pays before the first reply.
    to_end: bool,
    checker: Option<Checker>,
    /// Whether an empty file was looked at: it has no chunks to be read, but may have extra ones.
    is_checked: bool,
}

impl<'a, M: Metadata> Download<'a, M> {
    pub(super) fn new(bucket: &Bucket<M>, file: File<M>, session: Option<&'a mut Session>) -> Result<Self> {
        Ok(Self {
            source: Source::new(bucket, &file),
            checker: file.sha256.clone().map(Checker::new),
            file,
            position: 0,
            stop: u64::MAX,
            current: None,
            lane: Lane::new(session)?,
            ahead: 0..0,
            is_steady: false,
            to_end: false,
            is_checked: false,
        })
    }

    /// The file's document: its length, name, metadata and so on.
    #[must_use]
    pub fn file(&self) -> &File<M> {
        &self.file
    }

    /// Where the next byte is read, counted from the start of the file.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Goes to a position, counted from the start of the file. Beyond the end there is nothing to read.
    ///
    /// Sends nothing; what lies in the reply at hand is read from there.
    pub fn set_position(&mut self, position: u64) {
        self.position = position;
        self.to_end = false;
    }

    /// Says where the reader is going to stop. It may go on all the same.
    #[cfg(feature = "http")]
    pub(crate) fn stop_at(&mut self, position: u64) {
        self.stop = position;
    }

    fn layout(&self) -> Layout {
        self.source.layout
    }
}

impl<M> std::fmt::Debug for Download<'_, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Download")
            .field("id", &self.file.id)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
