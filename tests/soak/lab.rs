//! A server of the test's own, and what is open on it.

use std::{
    future::IntoFuture,
    pin::Pin,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use odmium::{
    Client, Database, Result,
    bson::{Document, doc},
    dev::Server,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
pub(crate) struct Row {
    pub(crate) id: i32,
    pub(crate) count: i64,
}

pub(crate) fn rows(range: std::ops::Range<i32>) -> impl Iterator<Item = Row> {
    range.map(|id| Row { id, count: 0 })
}

/// What is open on the server.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Open {
    pub(crate) cursors: i64,
    pub(crate) transactions: i64,
}

/// How many connections the client has at most.
const POOL: usize = 12;

pub(crate) struct Lab {
    pub(crate) client: Client,
    pub(crate) db: Database,
    /// Of another client, which is not counted.
    pub(crate) admin: Database,
    _server: Server,
}

impl Lab {
    pub(crate) async fn start() -> Result<Self> {
        let server = Server::builder().test_commands(true).start().await?;
        let client = Client::builder().uri(server.uri()).max_pool_size(POOL as u32).connect().await?;
        let db = client.database("soak");
        db.collection::<Row>().insert_many(rows(0..500)).await?;
        let admin = Client::connect(server.uri()).await?.database("admin");
        Ok(Self { client, db, admin, _server: server })
    }

    pub(crate) async fn status(&self) -> Result<Document> {
        self.admin.run_command(doc! { "serverStatus": 1 }).await
    }

    pub(crate) async fn open(&self) -> Result<Open> {
        let status = self.status().await?;
        let at = |path: &[&str]| {
            let (last, parents) = path.split_last().unwrap();
            let inner = parents.iter().fold(&status, |inner, key| inner.get_document(key).unwrap());
            inner.get(last).and_then(|number| number.as_i64().or(number.as_i32().map(i64::from))).unwrap()
        };
        Ok(Open {
            cursors: at(&["metrics", "cursor", "open", "total"]),
            transactions: at(&["transactions", "currentOpen"]),
        })
    }

    /// How many sessions the server has: those in use and those that clients keep for later.
    pub(crate) async fn sessions(&self) -> Result<u64> {
        // The server notes ends and beginnings every five minutes otherwise.
        self.admin.run_command(doc! { "refreshLogicalSessionCacheNow": 1 }).await?;
        let config = self.admin.client().database("config");
        config.collection_named::<Document>("system.sessions").count(Filter::everything()).await
    }

    /// Every connection of the pool can be used: as many operations run at a time as the pool has connections.
    pub(crate) async fn assert_pool(&self) -> Result<()> {
        let mark = "every connection";
        let slow = Filter::raw(doc! { "$where": "sleep(60000) || true" });
        let rows = self.db.collection::<Row>();
        let tasks: Vec<_> =
            (0..POOL).map(|_| tokio::spawn(rows.find(slow.clone()).comment(mark).into_future())).collect();
        let running = || {
            let operations = self.admin.client().current_op().filter(doc! { "command.comment": mark });
            async { operations.await.map(|operations| operations.len()) }
        };
        let start = Instant::now();
        while running().await? < POOL {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "only {} connections are usable",
                running().await?
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        for task in tasks {
            task.abort();
        }
        for operation in self.admin.client().current_op().filter(doc! { "command.comment": mark }).await? {
            self.admin.run_command(doc! { "killOp": 1, "op": operation.get("opid").unwrap() }).await?;
        }
        Ok(())
    }

    /// Waits until nothing is open, as what is dropped is closed in the background.
    pub(crate) async fn assert_closed(&self, what: &str) -> Result<()> {
        let start = Instant::now();
        loop {
            let open = self.open().await?;
            if open == Open::default() {
                return Ok(());
            }
            assert!(start.elapsed() < Duration::from_secs(60), "after {what}: {open:?} is left");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Polls a future so many times and drops it then, unless it was ready: each poll is one stage of the operation further.
pub(crate) async fn polled<F: IntoFuture>(work: F, times: usize) -> Option<F::Output> {
    struct Polled<F> {
        work: Pin<Box<F>>,
        left: usize,
    }

    impl<F: Future> Future for Polled<F> {
        type Output = Option<F::Output>;

        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            self.left -= 1;
            match self.work.as_mut().poll(context) {
                Poll::Ready(output) => Poll::Ready(Some(output)),
                Poll::Pending => {
                    if self.left == 0 {
                        // Not now: what was sent is under way until the next wake.
                        context.waker().wake_by_ref();
                    }
                    Poll::Pending
                }
            }
        }
    }

    Polled { work: Box::pin(work.into_future()), left: times }.await
}
