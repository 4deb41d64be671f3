//! What a [`Server`] is started with.

use std::{
    ffi::OsString,
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{
    access::{Access, TlsFiles, User},
    arguments, find,
    folder::Folder,
    launch::Launch,
    nodes::Nodes,
    replica_set,
    server::Server,
};
use crate::{Error, Result};

/// More voting members a replica set cannot have.
const MOST_NODES: usize = 7;
/// Builds a [`Server`]; made by [`Server::builder`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ServerBuilder {
    nodes: Option<usize>,
    port: Option<u16>,
    mongod: Option<PathBuf>,
    data_dir: Option<PathBuf>,
    arguments: Vec<OsString>,
    test_commands: bool,
    durable: bool,
    access: Access,
    start_timeout: Duration,
}

impl ServerBuilder {
    pub(super) fn new() -> Self {
        Self {
            nodes: Some(1),
            port: None,
            mongod: None,
            data_dir: None,
            arguments: Vec::new(),
            test_commands: false,
            durable: false,
            access: Access::default(),
            start_timeout: Duration::from_secs(30),
        }
    }

    /// A replica set of `nodes` processes, 1 to 7. The default is a set of one, which has transactions and change
    /// streams; more than one is for tests of failover and of read preferences, and takes seconds to start.
    pub fn replica_set(mut self, nodes: usize) -> Self {
        self.nodes = Some(nodes);
        self
    }

    /// One process that is no replica set: without transactions and change streams.
    pub fn standalone(mut self) -> Self {
        self.nodes = None;
        self
    }

    /// The port of the first node. Default: a free one; so are those of the other nodes.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// The program to run. Default: see the [module](super).
    pub fn mongod(mut self, path: impl Into<PathBuf>) -> Self {
        self.mongod = Some(path.into());
        self
    }

    /// A folder for the data, made if it is missing, that stays: a server that is started on it later, with the same
    /// number of nodes, has the data. Its processes are then shut down rather than killed. Default: a temporary
    /// folder.
    pub fn data_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(path.into());
        self
    }

    /// One more argument for every `mongod`, such as `--setParameter=ttlMonitorSleepSecs=1`. Call it again for the
    /// next one; an option and its value can be one argument, with `=`, or two.
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Whether the commands for tests of MongoDB itself are there, such as `configureFailPoint`. Default: no.
    pub fn test_commands(mut self, enabled: bool) -> Self {
        self.test_commands = enabled;
        self
    }

    /// Whether a majority write waits until it is in the journal on disk, as it does in production. It then survives
    /// [`Server::kill_node`], and takes twice as long; dropping a database takes 100 ms more. Default: no, and the
    /// writes of the last 100 ms are lost when the only node is killed. No effect on a standalone server.
    pub fn durable(mut self, durable: bool) -> Self {
        self.durable = durable;
        self
    }

    /// Lets in only those who log in, and makes a user with every right. [`Server::uri`] has the name and the password.
    /// With several nodes the start takes two seconds more.
    pub fn auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.access.user = Some(User::new(user.into(), password.into()));
        self
    }

    /// Encrypts all connections. Both are PEM files: the certificate of the authority, and a certificate for 127.0.0.1
    /// that it has signed, with its key in the same file. [`Server::uri`] names the authority.
    ///
    /// A client may have a certificate of this authority, and log in with it, but needs none.
    pub fn tls(mut self, ca: impl Into<PathBuf>, certificate_key: impl Into<PathBuf>) -> Self {
        self.access.tls = Some(TlsFiles { ca: ca.into(), certificate_key: certificate_key.into() });
        self
    }

    /// How long the processes may take until the server is ready, a download not included. Default: 30 s.
    pub fn start_timeout(mut self, limit: Duration) -> Self {
        self.start_timeout = limit;
        self
    }

    /// Starts the server and waits until it takes writes; with several nodes, until all of them have replicated one.
    ///
    /// # Errors
    ///
    /// When there is no `mongod` and none can be downloaded, the port is taken, `mongod` ends (with its last lines),
    /// the server is not ready in time, or the options do not fit together. All are
    /// [`is_dev_server`](Error::is_dev_server).
    pub async fn start(self) -> Result<Server> {
        self.check()?;
        let program = match &self.mongod {
            Some(path) if !find::is_program(path) => {
                let path = path.display();
                return Err(Error::dev(format!(
                    "{path} is no executable file: give `mongod` the path of a mongod"
                )));
            }
            Some(path) => path.clone(),
            None => find::mongod().await?,
        };
        let folder = match &self.data_dir {
            Some(path) => Folder::lasting(path)?,
            None => Folder::temporary()?,
        };
        let replica_set = self.nodes.is_some();
        let mut arguments = arguments::all(&self.arguments, replica_set, self.test_commands);
        arguments.extend(self.access.arguments(folder.path(), replica_set));
        let launch = Launch {
            program,
            arguments,
            access: self.access,
            folder: folder.path().to_owned(),
            throwaway: folder.is_throwaway(),
        };
        let deadline = Instant::now() + self.start_timeout;
        let count = self.nodes.unwrap_or(1);
        let nodes = Nodes::start(&launch, &folder, count, self.port, deadline).await?;
        if replica_set {
            replica_set::start(&nodes, self.durable, deadline).await?;
        } else {
            let connection = nodes[0].connect_first().await?;
            connection.create_user().await?;
            connection.close().await;
        }
        let server = Server::new(nodes, folder, launch, replica_set, self.start_timeout);
        server.end_quickly().await?;
        Ok(server)
    }

    fn check(&self) -> Result<()> {
        if let Some(nodes) = self.nodes
            && !(1..=MOST_NODES).contains(&nodes)
        {
            return Err(Error::dev(format!(
                "a development replica set has 1 to {MOST_NODES} nodes: give `replica_set` another number than {nodes}"
            )));
        }
        arguments::check(&self.arguments)
    }
}
