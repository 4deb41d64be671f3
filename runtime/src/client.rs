//! The connection to a deployment.

mod admin;
mod builder;
mod close;
mod databases;
mod handle;
mod limit;
mod names;
mod scope;
mod settings;
pub(crate) mod span;
mod state;
mod uri;

use std::{fmt, sync::Arc, time::Duration};

use mongodb::options::ClientOptions;

pub use self::{
    admin::BuildInfo,
    builder::ClientBuilder,
    close::Close,
    databases::{ListDatabaseNames, ListDatabases},
    settings::Settings,
};
pub(crate) use self::{
    handle::{changed, settings},
    limit::{Clock, Limits as TimeLimits, Watched, is_waiting},
    scope::{Operation, Scope},
    state::State,
};
use crate::{
    Database,
    action::Watch,
    change_stream::Event,
    error::Result,
    monitor::{Limits, Topology},
    session::StartSession,
};

/// A client: a pool of connections to one deployment. Make one for the life of the program; clones share it.
///
/// It connects in the background: a server that is not there shows at the first operation. What it tells the server
/// about itself names Odmium beside the driver, and the program when it has an
/// [application name](ClientBuilder::app_name).
#[derive(Clone)]
pub struct Client {
    inner: mongodb::Client,
    state: Arc<State>,
}

impl Client {
    /// Makes a client from a connection string such as `mongodb://localhost:27017/?replicaSet=rs0`.
    ///
    /// At most 100 connections are opened to one server, or `maxPoolSize`. Needs a running tokio runtime. What each
    /// option does is in the [guide](crate::guide::connecting).
    ///
    /// # Errors
    ///
    /// [Argument](crate::Error::is_argument) when the connection string is wrong or has an option that cannot be
    /// honoured; [network](crate::Error::is_network) when its `mongodb+srv` name cannot be resolved.
    pub async fn connect(uri: impl AsRef<str>) -> Result<Self> {
        Self::builder().uri(uri.as_ref()).connect().await
    }

    /// Sets options beside those of a connection string, and listeners.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Makes a client from the driver's options.
    ///
    /// # Errors
    ///
    /// When the options contradict each other.
    pub fn with_options(options: ClientOptions) -> Result<Self> {
        Self::with_settings(Settings { options, ..Settings::default() })
    }

    fn with_settings(mut settings: Settings) -> Result<Self> {
        settings.options.max_pool_size.get_or_insert(settings::MAX_POOL_SIZE);
        let (state, mut options) = State::prepare(settings);
        let own = mongodb::options::DriverInfo::builder()
            .name("Odmium")
            .version(env!("CARGO_PKG_VERSION").to_owned())
            .build();
        let callers = options.driver_info.replace(own);
        let inner = mongodb::Client::with_options(options)?;
        if let Some(callers) = callers {
            inner.append_metadata(callers)?;
        }
        Ok(Self { inner, state: Arc::new(state) })
    }

    /// A database of the deployment.
    ///
    /// A name that no database can have is refused by the first operation, before anything is sent.
    #[must_use]
    pub fn database(&self, name: &str) -> Database {
        Database::new(self.inner.database(name), Scope::new(self.state.clone()).database(name))
    }

    /// The database that the connection string names.
    #[must_use]
    pub fn default_database(&self) -> Option<Database> {
        self.inner.default_database().map(|database| self.database(database.name()))
    }

    /// The database that the connection string names, or another one when it names none.
    #[must_use]
    pub fn default_database_or(&self, name: &str) -> Database {
        self.default_database().unwrap_or_else(|| self.database(name))
    }

    /// Watches all databases, but for `admin`, `local` and `config`: await it for a
    /// [`ChangeStream`](crate::ChangeStream) of what happens from then on.
    pub fn watch<'a>(&self) -> Watch<'a, Event<mongodb::bson::Document>> {
        Watch::on_cluster(self)
    }

    /// Starts a session.
    pub fn start_session(&self) -> StartSession {
        StartSession::new(self)
    }

    /// Finds the servers and opens as many connections as [`min_pool_size`](ClientBuilder::min_pool_size) says, so
    /// that the first operations need not wait for them.
    ///
    /// # Errors
    ///
    /// When no server can be reached.
    pub async fn warm_up(&self) -> Result<()> {
        self.ping().await?;
        self.inner.warm_connection_pool().await;
        Ok(())
    }

    /// Adds to what the client tells servers about itself: for a library that is built on it, its name. Connections
    /// that are open are not told.
    ///
    /// # Errors
    ///
    /// [Argument](crate::Error::is_argument) when a text of it has a `|`.
    pub fn append_metadata(&self, library: mongodb::options::DriverInfo) -> Result<()> {
        Ok(self.inner.append_metadata(library)?)
    }

    /// What the client was made with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.state.settings
    }

    /// What the client knows about its servers now. It asks nothing: of a new client, this is nothing yet.
    ///
    /// A client that was made [from a driver's](#impl-From<Client>-for-Client) never knows.
    #[must_use]
    pub fn topology(&self) -> Topology {
        self.state.topology()
    }

    /// Waits until what the client knows about its servers is as it should be, and gives it:
    /// `client.wait_for_topology(limit, |topology| topology.primary().is_some())`.
    ///
    /// # Errors
    ///
    /// [Timeout](crate::Error::is_timeout) when it is not, within the limit; [closed](crate::Error::is_closed) when the
    /// client is.
    pub async fn wait_for_topology(
        &self,
        limit: Duration,
        fits: impl Fn(&Topology) -> bool,
    ) -> Result<Topology> {
        self.state.check_open()?;
        self.state.topology.wait(limit, fits).await
    }

    /// What the server accepts at most; asked for once, and then kept.
    ///
    /// # Errors
    ///
    /// When no server can be reached.
    pub async fn limits(&self) -> Result<Limits> {
        self.state.limits(&self.inner).await
    }

    /// Refuses what the driver lets pass on a closed client.
    pub(crate) fn check_open(&self) -> Result<()> {
        self.state.check_open()
    }

    /// What its own operations run under.
    pub(crate) fn scope(&self, timeout: Option<Duration>) -> Scope {
        let mut scope = Scope::new(self.state.clone());
        if let Some(limit) = timeout {
            scope.set_timeout(limit);
        }
        scope
    }

    /// Runs an operation of its own under its limits.
    pub(crate) async fn scoped<'a, T: Send>(
        &self,
        name: &'static str,
        work: impl Future<Output = Result<T>> + Send + 'a,
    ) -> Result<T> {
        self.scope(None).watch(Operation::of_client(name), Box::pin(work)).await
    }

    /// The client of a handle.
    pub(crate) fn of(inner: mongodb::Client, scope: &Scope) -> Self {
        Self { inner, state: scope.state().clone() }
    }

    /// The driver's client. End it by [`close`](Self::close): the driver's `shutdown` waits for what is held, so that it takes
    /// some two seconds more after an operation.
    #[must_use]
    pub fn inner(&self) -> &mongodb::Client {
        &self.inner
    }
}

/// For a client that the driver made. Of its options, none is known here.
impl From<mongodb::Client> for Client {
    fn from(inner: mongodb::Client) -> Self {
        Self { inner, state: Arc::default() }
    }
}

/// Without the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", self.settings()).finish_non_exhaustive()
    }
}
