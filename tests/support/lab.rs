//! A server with fail points, for one test at a time.

use odmium::{
    Client, Database,
    bson::{Bson, Document, doc},
    dev::Server,
};
use tokio::sync::{Mutex, MutexGuard, OnceCell};

use crate::wait::no_open_transaction;

static SERVER: OnceCell<Server> = OnceCell::const_new();
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// The server, which is this test's alone while it lives.
#[derive(Debug)]
pub struct Lab {
    server: &'static Server,
    admin: Database,
    _turn: MutexGuard<'static, ()>,
}

impl Lab {
    pub async fn enter() -> odmium::Result<Self> {
        let turn = ONE_AT_A_TIME.lock().await;
        let server =
            SERVER.get_or_try_init(async || Server::builder().test_commands(true).start().await).await?;
        let lab = Self { server, admin: Client::connect(server.uri()).await?.database("admin"), _turn: turn };
        // A test that failed may have left it on.
        lab.heal().await?;
        Ok(lab)
    }

    /// An empty database, by a client of its own; such clients alone meet the fail points.
    pub async fn database(&self, name: &str) -> odmium::Result<Database> {
        let uri = format!("{}&appName=patient", self.server.uri());
        let db = Client::connect(uri).await?.database(name);
        db.drop().await?;
        Ok(db)
    }

    pub fn uri(&self) -> &str {
        self.server.uri()
    }

    /// Makes commands fail: `mode` is `alwaysOn` or `{ times: n }`, `data` as for `failCommand`. Gives how many commands have
    /// met it so far.
    pub async fn fail(&self, mode: impl Into<Bson>, mut data: Document) -> odmium::Result<i32> {
        if !data.contains_key("appName") {
            data.insert("appName", "patient");
        }
        let command = doc! { "configureFailPoint": "failCommand", "mode": mode.into(), "data": data };
        let reply = self.admin.run_command(command).await?;
        Ok(reply.get_i32("count").expect("a number"))
    }

    /// Waits until so many commands have met what [`fail`](Self::fail) has set.
    pub async fn until_met(&self, count: i32) -> odmium::Result<()> {
        let command = doc! { "waitForFailPoint": "failCommand", "timesEntered": count, "maxTimeMS": 20_000 };
        self.admin.run_command(command).await.map(drop)
    }

    pub async fn heal(&self) -> odmium::Result<()> {
        self.admin.run_command(doc! { "configureFailPoint": "failCommand", "mode": "off" }).await.map(drop)
    }

    /// Waits until no transaction is open on the server, and none comes late.
    pub async fn settled(&self) -> odmium::Result<()> {
        no_open_transaction(&self.admin).await
    }
}
