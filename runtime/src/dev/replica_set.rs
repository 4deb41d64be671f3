//! Makes a replica set of nodes.

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use mongodb::{
    bson::{Bson, doc},
    error::{Error as DriverError, ErrorKind},
};
use tokio::time::sleep;

use super::{
    direct::{Direct, Role},
    exit::{Exit, worst_lines},
    node::Node,
    nodes::Nodes,
};
use crate::{Error, Result};

pub(super) const NAME: &str = "odmium";
const TICK: Duration = Duration::from_millis(5);
const ALREADY_INITIALIZED: i32 = 23;

/// Makes the nodes a replica set and waits until its primary takes writes and all others follow it.
pub(super) async fn start(nodes: &Nodes, durable: bool, deadline: Instant) -> Result<()> {
    let mut connections = try_join_all(nodes.iter().map(Node::connect_first)).await?;
    initiate(nodes, &connections[0], durable).await?;
    elect(nodes, &connections, deadline).await?;
    for (node, connection) in nodes.iter().zip(&connections) {
        wait_for_role(node, connection, deadline).await?;
    }
    for connection in &connections {
        if connection.role().await == Role::Primary {
            connection.create_user().await?;
        }
    }
    // As the user, if there is one.
    for (connection, node) in connections.iter_mut().zip(nodes.iter()) {
        if connection.awaits_user() {
            std::mem::replace(connection, node.connect()?).close().await;
        }
    }
    if nodes.len() > 1 {
        replicate(nodes, &connections, deadline).await?;
    }
    for connection in connections {
        connection.close().await;
    }
    Ok(())
}

/// Waits until the node has a role in its set; a standalone server, or the only node of a set, until it takes writes.
pub(super) async fn wait_for_role(node: &Node, connection: &Direct, deadline: Instant) -> Result<()> {
    while connection.role().await == Role::Other {
        check(node, deadline, "mongod was not ready in time").await?;
    }
    Ok(())
}

async fn initiate(nodes: &Nodes, first: &Direct, durable: bool) -> Result<()> {
    let member = |(id, node): (i32, &Node)| doc! { "_id": id, "host": format!("127.0.0.1:{}", node.port()) };
    let members = (0..).zip(nodes.iter()).map(|member_of| Bson::from(member(member_of))).collect::<Vec<_>>();
    let mut config = doc! {
        "_id": NAME,
        "version": 1,
        "members": members,
        // Majority writes then do not wait for the disk, which halves their time and takes 100 ms off dropping a
        // database. Lost when a node is killed: up to the last 100 ms.
        "writeConcernMajorityJournalDefault": durable,
    };
    if nodes.len() > 1 {
        // Instead of 10 s and 2 s: nodes on one machine need no patience with a network.
        config.insert("settings", doc! { "electionTimeoutMillis": 2000, "heartbeatIntervalMillis": 200 });
    }
    let refused = |error| {
        let lines = worst_lines(&nodes[0].log());
        let what = match code(&error) {
            Some(_) => "mongod refused its replica set: leave out what changes it in `arg`",
            None => "mongod did not answer when it was made a replica set: start it again",
        };
        Error::dev_caused(format!("{what}; its last lines:\n{lines}"), error)
    };
    match first.run(doc! { "replSetInitiate": config.clone() }).await {
        Err(error) if code(&error) == Some(ALREADY_INITIALIZED) => {
            // An earlier server's data folder: its members had other ports.
            let stored = first.run(doc! { "replSetGetConfig": 1 }).await.map_err(refused)?;
            let stored = stored.get_document("config").ok();
            let version = stored.and_then(|stored| stored.get_i32("version").ok()).unwrap_or(1);
            config.insert("version", version.saturating_add(1));
            first.run(doc! { "replSetReconfig": config, "force": true }).await.map_err(refused)?;
            Ok(())
        }
        Err(error) => Err(refused(error)),
        Ok(_) => Ok(()),
    }
}

/// Waits for a primary. With several nodes the first one is told to become it, rather than to wait for the election
/// timeout.
async fn elect(nodes: &Nodes, connections: &[Direct], deadline: Instant) -> Result<()> {
    loop {
        for connection in connections {
            if connection.role().await == Role::Primary {
                return Ok(());
            }
        }
        if connections.len() > 1 {
            // Refused until the others have answered a heartbeat.
            let _ = connections[0].run(doc! { "replSetStepUp": 1 }).await;
        }
        check(&nodes[0], deadline, "the replica set had no primary in time").await?;
    }
}

/// A write on every node: a secondary is one before it has found out from whom to copy, and a majority write would
/// wait for that.
async fn replicate(nodes: &Nodes, connections: &[Direct], deadline: Instant) -> Result<()> {
    let count = i32::try_from(connections.len()).unwrap_or(i32::MAX);
    let write_concern = doc! { "w": count, "wtimeout": 1000 };
    let note = doc! { "appendOplogNote": 1, "data": { "odmium": "ready" }, "writeConcern": write_concern };
    loop {
        for connection in connections {
            match connection.run(note.clone()).await {
                Ok(reply) if !reply.contains_key("writeConcernError") => return Ok(()),
                _ => {}
            }
        }
        check(&nodes[0], deadline, "the secondaries did not follow the primary in time").await?;
    }
}

async fn check(node: &Node, deadline: Instant, late: &str) -> Result<()> {
    if let Some(status) = node.status() {
        return Err(match Exit::explain(status, &node.log()) {
            Exit::Failed(error) => error,
            other => Error::dev(format!("mongod ended ({other:?}): start the server again")),
        });
    }
    if Instant::now() >= deadline {
        let lines = worst_lines(&node.log());
        return Err(Error::dev(format!(
            "{late}: give it more with `start_timeout`; mongod's last lines:\n{lines}"
        )));
    }
    sleep(TICK).await;
    Ok(())
}

fn code(error: &DriverError) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(error) => Some(error.code),
        _ => None,
    }
}
