//! Cursors of a test. Each lives in a task of its own, as it may borrow its session, and hands out documents on demand.

use std::sync::Mutex;

use futures_util::future::BoxFuture;
use odmium::{
    ChangeStream, Cursor,
    bson::{Bson, RawDocumentBuf},
    cursor::ReadRow,
};
use tokio::sync::{mpsc, oneshot};

use crate::{entities::Reply, failure::Failure};

/// What a cursor is asked for.
pub enum Demand {
    /// The next document, waiting for it.
    Next(Reply<Option<Bson>>),
    /// The next document if the server has one now.
    Once(Reply<Option<Bson>>),
    Close(Reply<()>),
}

pub struct CursorEntity(Mutex<Option<mpsc::UnboundedSender<Demand>>>);

impl CursorEntity {
    /// Starts a task that opens a cursor and serves it. The task says by the sender whether the cursor was opened.
    pub async fn open(
        serve: impl FnOnce(mpsc::UnboundedReceiver<Demand>, Reply<()>) -> BoxFuture<'static, ()>,
    ) -> Result<Self, Failure> {
        let (sender, demands) = mpsc::unbounded_channel();
        let (opened, wait) = oneshot::channel();
        tokio::spawn(serve(demands, opened));
        wait.await.map_err(|_| Failure::test("the cursor's task panicked"))??;
        Ok(Self(Mutex::new(Some(sender))))
    }

    pub async fn next(&self) -> Result<Option<Bson>, Failure> {
        self.ask(Demand::Next).await
    }

    pub async fn once(&self) -> Result<Option<Bson>, Failure> {
        self.ask(Demand::Once).await
    }

    pub async fn close(&self) -> Result<(), Failure> {
        let closed = self.ask(Demand::Close).await;
        self.0.lock().unwrap().take();
        closed
    }

    async fn ask<T>(&self, demand: impl FnOnce(Reply<T>) -> Demand) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        {
            let sender = self.0.lock().unwrap();
            let sent = sender.as_ref().is_some_and(|sender| sender.send(demand(reply)).is_ok());
            if !sent {
                return Err(Failure::test("the cursor was closed before"));
            }
        }
        answer.await.map_err(|_| Failure::test("the cursor's task panicked"))?
    }
}

/// What gives documents one by one.
pub trait Documents: Send {
    type Item;

    fn next(&mut self) -> impl Future<Output = odmium::Result<Option<Self::Item>>> + Send;
    fn once(&mut self) -> impl Future<Output = odmium::Result<Option<Self::Item>>> + Send;
}

impl<O: Send + 'static, R: ReadRow<O>> Documents for Cursor<'_, O, R> {
    type Item = O;

    fn next(&mut self) -> impl Future<Output = odmium::Result<Option<O>>> + Send {
        self.try_next()
    }

    fn once(&mut self) -> impl Future<Output = odmium::Result<Option<O>>> + Send {
        self.next_if_any()
    }
}

impl Documents for ChangeStream<'_, RawDocumentBuf> {
    type Item = RawDocumentBuf;

    fn next(&mut self) -> impl Future<Output = odmium::Result<Option<RawDocumentBuf>>> + Send {
        self.try_next()
    }

    fn once(&mut self) -> impl Future<Output = odmium::Result<Option<RawDocumentBuf>>> + Send {
        self.next_if_any()
    }
}

/// Serves a cursor until it is closed or forgotten.
pub async fn serve<S: Documents>(
    opened: odmium::Result<S>,
    bson: impl Fn(S::Item) -> Bson,
    mut demands: mpsc::UnboundedReceiver<Demand>,
    ready: Reply<()>,
) {
    let mut cursor = match opened {
        Ok(cursor) => cursor,
        Err(error) => return drop(ready.send(Err(error.into()))),
    };
    drop(ready.send(Ok(())));
    let bson = |found: odmium::Result<Option<S::Item>>| Ok(found.map_err(failure)?.map(&bson));
    while let Some(demand) = demands.recv().await {
        match demand {
            Demand::Next(reply) => drop(reply.send(bson(cursor.next().await))),
            Demand::Once(reply) => drop(reply.send(bson(cursor.once().await))),
            Demand::Close(reply) => {
                // Dropping sends one `killCursors`, as tests count them; `Cursor::close` sends another to wait for.
                drop(cursor);
                drop(reply.send(Ok(())));
                return;
            }
        }
    }
}

fn failure(error: odmium::Error) -> Failure {
    // Of typed events, which say themselves that such streams are to be read as another type.
    match error.is_decode() && error.to_string().contains("a stage of the stream has removed it") {
        true => Failure::Skip("a stage takes away what a typed event is made of".to_owned()),
        false => error.into(),
    }
}
