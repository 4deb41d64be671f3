//! Commands to the server itself.

use mongodb::bson::{Document, doc};

use super::Client;
use crate::error::{Error, Result};

/// What a server says about its build; see [`Client::server_info`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BuildInfo {
    /// The version, such as `6.0.5`.
    pub version: String,
    /// The version as numbers, such as `[6, 0, 5]`.
    pub version_numbers: [u32; 3],
    /// Whether it is a build for debugging.
    pub debug: bool,
    /// The whole answer to `buildInfo`.
    pub reply: Document,
}

impl Client {
    /// What the server says about its build.
    ///
    /// # Errors
    ///
    /// When no server can be reached.
    pub async fn server_info(&self) -> Result<BuildInfo> {
        let reply = self.admin(doc! { "buildInfo": 1 }).await?;
        let version = reply.get_str("version").unwrap_or_default().to_owned();
        let mut version_numbers = [0; 3];
        // `6.0.5-rc1` has the numbers of `6.0.5`.
        let texts = version.split(['.', '-']);
        for (number, text) in version_numbers.iter_mut().zip(texts) {
            *number = text.parse().unwrap_or_default();
        }
        let debug = reply.get_bool("debug").unwrap_or_default();
        Ok(BuildInfo { version, version_numbers, debug, reply })
    }

    /// Asks the server for an answer: that it gives one is all there is to know.
    ///
    /// # Errors
    ///
    /// When no server can be reached.
    pub async fn ping(&self) -> Result<()> {
        self.admin(doc! { "ping": 1 }).await.map(drop)
    }

    /// Has the server write everything to disk.
    ///
    /// # Errors
    ///
    /// When the server refuses it or cannot be reached.
    pub async fn fsync(&self) -> Result<()> {
        self.admin(doc! { "fsync": 1 }).await.map(drop)
    }

    /// Has the server write everything to disk and hold all writes until [`fsync_unlock`](Self::fsync_unlock), for a
    /// copy of its files. Gives how many locks it has now: each needs an unlock of its own.
    ///
    /// # Errors
    ///
    /// When the server refuses it or cannot be reached.
    pub async fn fsync_lock(&self) -> Result<u32> {
        lock_count(&self.admin(doc! { "fsync": 1, "lock": true }).await?)
    }

    /// Takes back one [`fsync_lock`](Self::fsync_lock). Gives how many locks are left.
    ///
    /// # Errors
    ///
    /// When there is no lock, the server refuses it or cannot be reached.
    pub async fn fsync_unlock(&self) -> Result<u32> {
        lock_count(&self.admin(doc! { "fsyncUnlock": 1 }).await?)
    }

    async fn admin(&self, command: Document) -> Result<Document> {
        self.database("admin").run_command(command).await
    }
}

fn lock_count(reply: &Document) -> Result<u32> {
    let count = reply.get_i64("lockCount").ok().and_then(|count| count.try_into().ok());
    count.ok_or_else(|| {
        Error::argument("the server did not say how many locks it has: ask it with `currentOp`")
    })
}
