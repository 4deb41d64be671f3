//! A running server.

mod control;

use std::{fmt, path::Path, time::Duration};

use futures_util::future::try_join_all;
use mongodb::bson::doc;

use super::{
    builder::ServerBuilder,
    exit::last_lines,
    folder::Folder,
    launch::Launch,
    node::{Node, Signal},
    nodes::Nodes,
    replica_set,
};
use crate::{Error, Result};

/// A `mongod`, or a replica set of several, that lives as long as this value.
///
/// Dropping it kills the processes and removes the temporary folder, which takes some tens of milliseconds. The same
/// happens when this process ends in any way, also by SIGKILL.
///
/// Nodes are numbered from 0, in the order of [`ports`](Self::ports).
pub struct Server {
    // Before the folder: what it removes must not be in use.
    nodes: Nodes,
    folder: Folder,
    launch: Launch,
    uri: String,
    start_timeout: Duration,
}

impl Server {
    /// Starts a replica set of one node, on a free port, in a temporary folder.
    ///
    /// # Errors
    ///
    /// See [`ServerBuilder::start`].
    pub async fn start() -> Result<Self> {
        Self::builder().start().await
    }

    /// What else can be started.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::new()
    }

    pub(super) fn new(
        nodes: Nodes,
        folder: Folder,
        launch: Launch,
        replica_set: bool,
        start_timeout: Duration,
    ) -> Self {
        let hosts =
            nodes.iter().map(|node| format!("127.0.0.1:{}", node.port())).collect::<Vec<_>>().join(",");
        let set = if replica_set { format!("&replicaSet={}", replica_set::NAME) } else { String::new() };
        let options = format!("{set}{}", launch.access.options()).replacen('&', "?", 1);
        let uri = format!("mongodb://{}{hosts}/{options}", launch.access.user_info());
        Self { nodes, folder, launch, uri, start_timeout }
    }

    /// The connection string of the whole server.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The connection string of one node, whatever its role; `None` if there is no such node.
    #[must_use]
    pub fn node_uri(&self, node: usize) -> Option<String> {
        let port = self.nodes.get(node)?.port();
        let access = &self.launch.access;
        let (user, options) = (access.user_info(), access.options());
        Some(format!("mongodb://{user}127.0.0.1:{port}/?directConnection=true{options}"))
    }

    /// The ports of the nodes, all on 127.0.0.1.
    #[must_use]
    pub fn ports(&self) -> Vec<u16> {
        self.nodes.iter().map(Node::port).collect()
    }

    /// The folder of the server. Each node has its data in `node-N` and its log in `node-N.log`.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        self.folder.path()
    }

    /// The last lines, at most 40, of what each `mongod` logged since it was last started.
    #[must_use]
    pub fn log_tail(&self) -> String {
        let tails = (0..).zip(self.nodes.iter()).map(|(index, node): (usize, _)| {
            let lines = last_lines(&node.log(), 40);
            if self.nodes.len() == 1 { lines } else { format!("node {index}:\n{lines}") }
        });
        tails.collect::<Vec<_>>().join("\n")
    }

    /// Keeps the folder when the server ends, with all that was written until now. Returns a shell command for each
    /// node that opens it again, on the same port.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub async fn keep(&self) -> Result<Vec<String>> {
        self.folder.keep()?;
        for node in self.nodes.iter().filter(|node| node.status().is_none()) {
            let connection = node.connect()?;
            // Best effort: without it the last 100 ms are missing.
            let _ = connection.run(doc! { "fsync": 1 }).await;
            connection.close().await;
        }
        Ok(self.nodes.iter().map(|node| self.reopen(node)).collect())
    }

    /// Ends all nodes and removes the temporary folder; dropping does the same, but blocks the thread and tells of no
    /// failure.
    ///
    /// # Errors
    ///
    /// When a process cannot be ended.
    pub async fn stop(self) -> Result<()> {
        let signal = if self.launch.throwaway { Signal::Kill } else { Signal::Terminate };
        // At the same time: the last of a set would wait for the others, to hand over to them.
        try_join_all(self.nodes.iter().map(|node| node.end(signal))).await?;
        let dropped = tokio::task::spawn_blocking(move || drop(self)).await;
        dropped
            .map_err(|error| Error::dev_caused("the server's folder may be left: remove it by hand", error))
    }

    pub(super) async fn end_quickly(&self) -> Result<()> {
        for node in self.nodes.iter() {
            let connection = node.connect()?;
            connection.end_quickly().await;
            connection.close().await;
        }
        Ok(())
    }

    fn reopen(&self, node: &Node) -> String {
        let quoted = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', r"'\''"));
        let (program, data, port) = (quoted(&self.launch.program), quoted(node.data()), node.port());
        let set = if self.uri.contains("replicaSet") {
            format!(" --replSet {}", replica_set::NAME)
        } else {
            String::new()
        };
        format!("{program} --dbpath {data} --port {port}{set}")
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("ports", &self.ports())
            .field("access", &self.launch.access)
            .field("data_dir", &self.data_dir())
            .finish_non_exhaustive()
    }
}
