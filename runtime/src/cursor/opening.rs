//! Opening a cursor, to its end also when nobody waits for it any more.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::future::BoxFuture;
use tokio::{runtime::Handle, time::timeout};

use crate::client::is_waiting;

/// How long the server's answer is awaited after the caller has gone.
const GRACE: Duration = Duration::from_secs(10);

/// The request that opens a cursor. The server may have opened it when the caller goes, and its id is in the answer
/// alone: so a future that is dropped half way goes on in the background, and the cursor is closed then.
pub(crate) struct Opening<T: Send + 'static> {
    /// `None` when it is over.
    work: Option<BoxFuture<'static, T>>,
    /// Whether anything can have been sent.
    may_be_sent: bool,
}

impl<T: Send + 'static> Opening<T> {
    pub(crate) fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self { work: Some(Box::pin(work)), may_be_sent: false }
    }
}

impl<T: Send + 'static> Future for Opening<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let Some(work) = &mut self.work else { return Poll::Pending };
        let polled = work.as_mut().poll(context);
        // One that waited for a connection in vain must not go on waiting in the way of others.
        self.may_be_sent = !is_waiting();
        let output = ready!(polled);
        self.work = None;
        Poll::Ready(output)
    }
}

impl<T: Send + 'static> Drop for Opening<T> {
    fn drop(&mut self) {
        if let Some(work) = self.work.take()
            && self.may_be_sent
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move { drop(timeout(GRACE, work).await) });
        }
    }
}
