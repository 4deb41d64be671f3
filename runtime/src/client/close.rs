//! Closing a client.

use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::timeout;

use super::Client;

/// Closes a client; see [`Client::close`].
#[derive(Debug)]
#[must_use = "nothing is closed before it is awaited"]
pub struct Close {
    client: Client,
    grace: Duration,
}

impl Client {
    /// Ends the sessions on the servers and closes all connections, for this client and all its clones, databases and
    /// collections. An operation that is started later fails with [`is_closed`](crate::Error::is_closed).
    ///
    /// Not needed at the end of a program. It waits until cursors and sessions that are dropped have been closed on
    /// the server; those that are still held are given a second, or [`grace`](Close::grace).
    pub fn close(self) -> Close {
        Close { client: self, grace: Duration::from_secs(1) }
    }
}

impl Close {
    /// How long to wait for cursors and sessions that are still held.
    pub fn grace(mut self, time: Duration) -> Self {
        self.grace = time;
        self
    }

    async fn run(self) {
        let Client { inner, state } = self.client;
        state.close();
        if timeout(self.grace, inner.clone().shutdown()).await.is_err() {
            inner.shutdown().immediate(true).await;
        }
    }
}

impl IntoFuture for Close {
    type Output = ();
    type IntoFuture = BoxFuture<'static, ()>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
