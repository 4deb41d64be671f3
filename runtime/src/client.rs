//! The connection to a deployment.

use mongodb::options::ClientOptions;

use crate::{Database, error::Result, session::StartSession};

/// How many connections a client opens to one server at most, unless the connection string says otherwise.
///
/// The driver's default of 10 makes a busy service wait for itself; the other drivers' default is 100.
const MAX_POOL_SIZE: u32 = 100;

/// A client: a pool of connections to one deployment. Make one for the life of the program; clones share it.
#[derive(Clone, Debug)]
pub struct Client {
    inner: mongodb::Client,
}

impl Client {
    /// Makes a client from a connection string such as `mongodb://localhost:27017/?replicaSet=rs0`.
    ///
    /// It connects in the background: a server that is not there shows at the first operation. At most 100
    /// connections are opened to one server, or `maxPoolSize`. Needs a running tokio runtime.
    ///
    /// # Errors
    ///
    /// When the connection string is wrong, or its `mongodb+srv` name cannot be resolved.
    pub async fn connect(uri: impl AsRef<str>) -> Result<Self> {
        Self::with_options(ClientOptions::parse(uri.as_ref()).await?)
    }

    /// Makes a client from the driver's options.
    ///
    /// # Errors
    ///
    /// When the options contradict each other.
    pub fn with_options(mut options: ClientOptions) -> Result<Self> {
        options.max_pool_size.get_or_insert(MAX_POOL_SIZE);
        Ok(Self { inner: mongodb::Client::with_options(options)? })
    }

    /// A database of the deployment.
    #[must_use]
    pub fn database(&self, name: &str) -> Database {
        Database::new(self.inner.database(name))
    }

    /// The database that the connection string names.
    #[must_use]
    pub fn default_database(&self) -> Option<Database> {
        self.inner.default_database().map(Database::new)
    }

    /// Starts a session.
    pub fn start_session(&self) -> StartSession {
        StartSession::new(self)
    }

    /// The driver's client.
    #[must_use]
    pub fn inner(&self) -> &mongodb::Client {
        &self.inner
    }
}

impl From<mongodb::Client> for Client {
    fn from(inner: mongodb::Client) -> Self {
        Self { inner }
    }
}
