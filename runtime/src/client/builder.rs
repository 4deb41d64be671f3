//! Options of a client beside those of its connection string.

use std::{fmt, sync::Arc, time::Duration};

use mongodb::options::{
    ClientOptions, Credential, ReadConcern, SelectionCriteria, ServerAddress, ServerApi, Tls, WriteConcern,
};

use super::{
    Client,
    settings::{Own, Settings},
    uri,
};
use crate::{
    error::Result,
    monitor::{
        Callback, CmapEvent, CommandEvent, CommandListener, HeartbeatListener, Listeners, PoolListener,
        SdamEvent, ServerListener, TopologyListener,
    },
};

/// Builds a [`Client`]; made by [`Client::builder`].
///
/// What is set here counts before what the connection string says.
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn f() -> odmium::Result<()> {
/// let client = odmium::Client::builder()
///     .uri("mongodb://localhost/shop")
///     .app_name("checkout")
///     .timeout(Duration::from_secs(5))
///     .on_command(|event| println!("{event:?}"))
///     .connect()
///     .await?;
/// # drop(client);
/// # Ok(()) }
/// ```
#[must_use = "no client is made before `connect`"]
pub struct ClientBuilder {
    base: Base,
    changes: Vec<Change>,
    own: Own,
    listeners: Listeners,
}

type Change = Box<dyn FnOnce(&mut ClientOptions) + Send>;

enum Base {
    Uri(String),
    Options(Box<ClientOptions>),
}

macro_rules! setters {
    ($($(#[$text:meta])* $name:ident: $type:ty = $field:ident;)*) => { $(
        $(#[$text])*
        pub fn $name(self, value: impl Into<$type>) -> Self {
            let value = value.into();
            self.configure(move |options| options.$field = Some(value))
        }
    )* };
}

macro_rules! listeners {
    ($($(#[$text:meta])* $name:ident: $listener:ident in $field:ident;)*) => { $(
        $(#[$text])*
        pub fn $name(mut self, listener: impl $listener + 'static) -> Self {
            self.listeners.$field.push(Arc::new(listener));
            self
        }
    )* };
}

macro_rules! callbacks {
    ($($(#[$text:meta])* $name:ident: $event:ident in $field:ident;)*) => { $(
        $(#[$text])*
        pub fn $name(mut self, callback: impl Fn(&$event) + Send + Sync + 'static) -> Self {
            self.listeners.$field.push(Arc::new(Callback(callback)));
            self
        }
    )* };
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            base: Base::Options(Box::default()),
            changes: Vec::new(),
            own: Own::default(),
            listeners: Listeners::default(),
        }
    }

    /// The connection string. Default: a server on this machine, port 27017.
    pub fn uri(mut self, uri: impl Into<String>) -> Self {
        self.base = Base::Uri(uri.into());
        self
    }

    /// The driver's options, in place of a connection string.
    pub fn options(mut self, options: ClientOptions) -> Self {
        self.base = Base::Options(Box::new(options));
        self
    }

    /// The servers to begin with; those of a replica set are found from one of them.
    pub fn hosts(self, hosts: impl IntoIterator<Item = ServerAddress>) -> Self {
        let hosts = hosts.into_iter().collect();
        self.configure(move |options| options.hosts = hosts)
    }

    setters! {
        /// A name for the program, which the server's log and `currentOp` show. At most 128 bytes.
        app_name: String = app_name;
        /// The user and how the server makes sure of it.
        credential: Credential = credential;
        /// Encrypts the connections.
        tls: Tls = tls;
        /// The replica set that the servers must belong to.
        replica_set: String = repl_set_name;
        /// Uses only the named server, whatever its role.
        direct_connection: bool = direct_connection;
        /// The database of [`Client::default_database`].
        default_database: String = default_database;
        /// The most connections to one server. Default: 100.
        max_pool_size: u32 = max_pool_size;
        /// How many connections to one server are kept open. Default: 0.
        min_pool_size: u32 = min_pool_size;
        /// How many connections to one server are opened at the same time. Default: 2.
        max_connecting: u32 = max_connecting;
        /// How long a connection may be idle before it is closed. Default: for ever.
        max_idle_time: Duration = max_idle_time;
        /// How long opening a connection may take. Default: 10 s.
        connect_timeout: Duration = connect_timeout;
        /// How long an operation waits for a server that it can use. Default: 30 s.
        server_selection_timeout: Duration = server_selection_timeout;
        /// How often each server is asked how it is. Default: every 10 s.
        heartbeat_frequency: Duration = heartbeat_freq;
        /// How much slower than the fastest a server may be that is read from. Default: 15 ms.
        local_threshold: Duration = local_threshold;
        /// Whether a read is tried again after a failure that may pass. Default: yes.
        retry_reads: bool = retry_reads;
        /// Whether a write is tried again, without doing it twice. Default: yes.
        retry_writes: bool = retry_writes;
        /// How settled data must be that is read.
        read_concern: ReadConcern = read_concern;
        /// Which servers are read from: a read preference, or a rule of your own.
        selection_criteria: SelectionCriteria = selection_criteria;
        /// How many servers must have a write before it counts as done.
        write_concern: WriteConcern = write_concern;
        /// The version of the stable API that the server is held to.
        server_api: ServerApi = server_api;
    }

    /// How long an operation may take as a whole, with all its retries. Default, and zero: without limit. A database,
    /// a collection and an action can have their own.
    ///
    /// One that takes longer fails with [`is_timeout`](crate::Error::is_timeout); a write may have been carried out.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.own.timeout = Some(limit);
        self
    }

    /// How long the answer to one message may take (`socketTimeoutMS`). Default, and zero: without limit.
    pub fn socket_timeout(mut self, limit: Duration) -> Self {
        self.own.socket_timeout = Some(limit);
        self
    }

    /// How long an operation waits for a connection (`waitQueueTimeoutMS`). Default, and zero: without limit.
    pub fn wait_queue_timeout(mut self, limit: Duration) -> Self {
        self.own.wait_queue_timeout = Some(limit);
        self
    }

    /// Sets options of the driver that have no method here.
    pub fn configure(mut self, change: impl FnOnce(&mut ClientOptions) + Send + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// Sends the driver's spans to OpenTelemetry: one for each operation, and one for each command in it.
    #[cfg(feature = "opentelemetry")]
    pub fn opentelemetry(self, tracing: mongodb::otel::OpentelemetryOptions) -> Self {
        self.configure(move |options| options.tracing = Some(tracing))
    }

    listeners! {
        /// Adds a listener for commands. From the first one on, every command and every answer is decoded for it.
        command_listener: CommandListener in commands;
        /// Adds a listener for servers.
        server_listener: ServerListener in servers;
        /// Adds a listener for the deployment as a whole.
        topology_listener: TopologyListener in topology;
        /// Adds a listener for checks of servers.
        heartbeat_listener: HeartbeatListener in heartbeats;
        /// Adds a listener for pools and their connections.
        pool_listener: PoolListener in pools;
    }

    callbacks! {
        /// Calls a closure for every command, as [`command_listener`](Self::command_listener).
        on_command: CommandEvent in commands;
        /// Calls a closure for everything about servers: themselves, the topology and heartbeats.
        on_server: SdamEvent in servers;
        /// Calls a closure for everything about pools.
        on_pool: CmapEvent in pools;
    }

    /// Makes the client. Needs a running tokio runtime.
    ///
    /// # Errors
    ///
    /// As [`Client::connect`], and when the options contradict each other.
    pub async fn connect(self) -> Result<Client> {
        let (mut options, own) = match self.base {
            Base::Options(options) => (*options, Own::default()),
            Base::Uri(uri) => {
                let uri::Cleaned { uri, own } = uri::clean(&uri)?;
                (ClientOptions::parse(uri).await?, own)
            }
        };
        for change in self.changes {
            change(&mut options);
        }
        Client::with_settings(Settings {
            options,
            own: own.overridden_by(self.own),
            listeners: self.listeners,
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("listeners", &self.listeners).finish_non_exhaustive()
    }
}
