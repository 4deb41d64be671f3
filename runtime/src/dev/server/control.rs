//! Ends and restarts single nodes.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::{
    super::{
        direct::Role,
        node::{Node, Signal},
        replica_set,
    },
    Server,
};
use crate::{Error, Result};

impl Server {
    /// The node that is the primary; waits until there is one, at most as long as a start may take.
    ///
    /// # Errors
    ///
    /// When there is none in time.
    pub async fn primary(&self) -> Result<usize> {
        let deadline = self.deadline();
        while Instant::now() < deadline {
            for (index, node) in self.nodes.iter().enumerate() {
                if node.status().is_none() && role(node).await? == Role::Primary {
                    return Ok(index);
                }
            }
            sleep(Duration::from_millis(20)).await;
        }
        Err(Error::dev("no node became the primary: restart so many nodes that a majority runs"))
    }

    /// Shuts one node down in good order; a primary hands over first. Does nothing if the node is down.
    ///
    /// # Errors
    ///
    /// When there is no such node, or it does not end.
    pub async fn stop_node(&self, node: usize) -> Result<()> {
        self.node(node)?.end(Signal::Terminate).await
    }

    /// Kills one node with SIGKILL, as a crash would. Does nothing if the node is down.
    ///
    /// # Errors
    ///
    /// When there is no such node, or it does not end.
    pub async fn kill_node(&self, node: usize) -> Result<()> {
        self.node(node)?.end(Signal::Kill).await
    }

    /// Starts a node that was stopped or killed, on its port and with its data, and waits until it is a primary or a
    /// secondary.
    ///
    /// # Errors
    ///
    /// When there is no such node, it runs, or it cannot be started.
    pub async fn restart_node(&self, node: usize) -> Result<()> {
        let node = self.node(node)?;
        let deadline = self.deadline();
        self.nodes.restart(node, &self.launch, deadline).await?;
        let connection = node.connect()?;
        replica_set::wait_for_role(node, &connection, deadline).await?;
        if self.nodes.len() == 1 {
            self.primary().await?;
        }
        connection.end_quickly().await;
        connection.close().await;
        Ok(())
    }

    fn node(&self, index: usize) -> Result<&Node> {
        let count = self.nodes.len();
        self.nodes.get(index).ok_or_else(|| {
            Error::dev(format!("there is no node {index}: the server has {count}, numbered from 0"))
        })
    }

    fn deadline(&self) -> Instant {
        Instant::now() + self.start_timeout
    }
}

async fn role(node: &Node) -> Result<Role> {
    let connection = node.connect()?;
    let role = connection.role().await;
    connection.close().await;
    Ok(role)
}
