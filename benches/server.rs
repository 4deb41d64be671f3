//! The server that both sides talk to.

use odmium::{Client, Database, dev::Server};
use tokio::sync::OnceCell;

use crate::Result;

/// What the development server saves on: the sizes of cache, oplog and journal. What is written is otherwise slowed down by
/// the making of room, whoever writes it.
const ARGUMENTS: [&str; 3] = [
    "--wiredTigerCacheSizeGB=2",
    "--oplogSize=2000",
    "--wiredTigerEngineConfigString=log=(file_max=100MB,prealloc=true)",
];

struct Measured {
    uri: String,
    /// Ends with this process.
    _server: Option<Server>,
}

/// The connection string of the server that `MONGODB_URI` names, or of one that is set up as in production.
pub async fn uri() -> Result<&'static str> {
    static MEASURED: OnceCell<Measured> = OnceCell::const_new();
    let measured = MEASURED.get_or_try_init(|| async {
        if let Ok(uri) = std::env::var("MONGODB_URI") {
            return Ok(Measured { uri, _server: None });
        }
        let server =
            ARGUMENTS.into_iter().fold(Server::builder().durable(true), |it, argument| it.arg(argument));
        let server = server.start().await?;
        Result::Ok(Measured { uri: server.uri().to_owned(), _server: Some(server) })
    });
    Ok(&measured.await?.uri)
}

/// Runs `work` on a database of its own, inside a spawned task, as a service does: from `block_on`, each reply costs a
/// wake-up across threads.
pub fn on_database<W, F, T>(work: W) -> Result<T>
where
    W: FnOnce(Database) -> F,
    F: Future<Output = Result<T>> + Send + 'static,
    T: Send + 'static,
{
    with_database(async |database| tokio::spawn(work(database)).await?)
}

/// Runs `work` on a database of its own, in `block_on`: on one thread.
pub fn on_database_here<T>(work: impl AsyncFnOnce(Database) -> Result<T>) -> Result<T> {
    with_database(work)
}

fn with_database<T>(work: impl AsyncFnOnce(Database) -> Result<T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let client = Client::connect(uri().await?).await?;
        let database =
            client.database(&format!("odmium_benches_{}", odmium::bson::DateTime::now().timestamp_millis()));
        let result = work(database.clone()).await;
        database.drop().await?;
        // Else its last sessions would be ended by a task that finds no runtime.
        client.close().await;
        result
    })
}
