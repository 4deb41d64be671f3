//! A server whose answers can be held up.

use std::{
    sync::{
        Arc,
        atomic::{AtomicIsize, Ordering},
    },
    time::{Duration, Instant},
};

use odmium::{
    Client, Result,
    bson::{Document, doc},
    client::ClientBuilder,
    dev::Server,
    monitor::CmapEvent,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rows")]
pub(crate) struct Row {
    pub(crate) id: i32,
    pub(crate) text: String,
}

pub(crate) fn rows(range: std::ops::Range<i32>) -> impl Iterator<Item = Row> {
    range.map(|id| Row { id, text: "x".repeat(50) })
}

/// A server whose answers can be held up, and a client whose connections are counted.
pub(crate) struct Slow {
    pub(crate) server: Server,
    pub(crate) client: Client,
    /// Given out and not given back.
    out: Arc<AtomicIsize>,
}

impl Slow {
    pub(crate) async fn start(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Self> {
        let server = Server::builder().test_commands(true).start().await?;
        let out = Arc::new(AtomicIsize::new(0));
        let count = out.clone();
        let builder = Client::builder().uri(server.uri()).on_pool(move |event| {
            count.fetch_add(
                match event {
                    CmapEvent::ConnectionCheckedOut(_) => 1,
                    CmapEvent::ConnectionCheckedIn(_) => -1,
                    _ => 0,
                },
                Ordering::Relaxed,
            );
        });
        let client = configure(builder).connect().await?;
        client.database("slow").collection::<Row>().insert_many(rows(0..500)).await?;
        Ok(Self { server, client, out })
    }

    pub(crate) fn rows(&self) -> odmium::Collection<Row> {
        self.client.database("slow").collection()
    }

    /// Holds up the answers to some commands; each is carried out after the wait.
    pub(crate) async fn hold_up(&self, commands: &[&str], wait: Duration) -> Result<()> {
        let wait = i32::try_from(wait.as_millis()).unwrap();
        let data = doc! { "failCommands": commands.to_vec(), "blockConnection": true, "blockTimeMS": wait };
        self.admin(doc! { "configureFailPoint": "failCommand", "mode": "alwaysOn", "data": data }).await
    }

    pub(crate) async fn let_go(&self) -> Result<()> {
        self.admin(doc! { "configureFailPoint": "failCommand", "mode": "off" }).await
    }

    pub(crate) async fn admin(&self, command: Document) -> Result<()> {
        let client = Client::connect(self.server.uri()).await?;
        client.database("admin").run_command(command).await?;
        client.close().await;
        Ok(())
    }

    /// Every connection is back in the pool, and each answer belongs to its question.
    pub(crate) async fn assert_sound(&self) -> Result<()> {
        let start = Instant::now();
        while self.out.load(Ordering::Relaxed) != 0 {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "{} connections are lost",
                self.out.load(Ordering::Relaxed)
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        for id in 0..50 {
            assert_eq!(self.rows().get(id).await?.unwrap().id, id);
        }
        assert_eq!(self.rows().find(Row.id.gte(0)).batch_size(100).await?.len(), 500);
        Ok(())
    }
}
