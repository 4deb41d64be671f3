//! All `mongod` processes of one server.

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    ops::Deref,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::{
    exit::Exit,
    folder::Folder,
    launch::Launch,
    node::{self, Node, Signal},
};
use crate::{Error, Result};

/// How often another port, or the same program again, is tried.
const ATTEMPTS: usize = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// Ends them all when it is dropped.
#[derive(Debug)]
pub(super) struct Nodes(Vec<Node>);

impl Nodes {
    /// Starts them and waits until all take connections. `first_port` is that of the first node; `None` is any.
    pub(super) async fn start(
        launch: &Launch,
        folder: &Folder,
        count: usize,
        first_port: Option<u16>,
        deadline: Instant,
    ) -> Result<Self> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let nodes = Self(
                ports(count, first_port)?
                    .into_iter()
                    .enumerate()
                    .map(|(index, port)| Node::new(folder.path(), index, port, launch.access.clone()))
                    .collect(),
            );
            let Err((port, exit)) = nodes.try_start(launch, deadline).await else {
                return Ok(nodes);
            };
            match exit {
                Exit::Failed(error) => return Err(error),
                Exit::PortTaken if first_port == Some(port) => return Err(port_taken(port)),
                Exit::PortTaken | Exit::ProgramBusy if attempts < ATTEMPTS => {}
                Exit::PortTaken => {
                    return Err(Error::dev(format!(
                        "{ATTEMPTS} free ports were taken before mongod could listen: start fewer servers at a time"
                    )));
                }
                Exit::ProgramBusy => {
                    let program = launch.program.display();
                    return Err(Error::dev(format!(
                        "{program} is still being written: start the server when that is finished"
                    )));
                }
            }
            // Killed before they are dropped: the watchdogs then leave the folder, which is used again.
            for node in nodes.iter() {
                node.end(Signal::Kill).await?;
            }
            drop(nodes);
            folder.clear()?;
            sleep(PAUSE).await;
        }
    }

    async fn try_start(&self, launch: &Launch, deadline: Instant) -> Result<(), (u16, Exit)> {
        for node in self.iter() {
            node.spawn(launch).map_err(|error| (node.port(), Exit::Failed(error)))?;
        }
        for node in self.iter() {
            node.listening(deadline).await.map_err(|exit| (node.port(), exit))?;
        }
        Ok(())
    }

    /// Starts one of them again, on the port that it had.
    pub(super) async fn restart(&self, node: &Node, launch: &Launch, deadline: Instant) -> Result<()> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            node.spawn(launch)?;
            match node.listening(deadline).await {
                Ok(()) => return Ok(()),
                Err(Exit::Failed(error)) => return Err(error),
                // A connection of another process can have taken the port meanwhile, and give it back.
                Err(_) if attempts < ATTEMPTS => sleep(PAUSE).await,
                Err(_) => return Err(port_taken(node.port())),
            }
        }
    }
}

impl Deref for Nodes {
    type Target = [Node];

    fn deref(&self) -> &[Node] {
        &self.0
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        // All pipes first, so that they end at the same time.
        node::reap(self.0.iter_mut().filter_map(Node::release).collect());
    }
}

fn port_taken(port: u16) -> Error {
    Error::dev(format!(
        "port {port} is taken: end what listens there, or leave out `port` to use any free one"
    ))
}

/// Free ports; others can take them before mongod does.
fn ports(count: usize, first: Option<u16>) -> Result<Vec<u16>> {
    let free = || -> io::Result<Vec<u16>> {
        // All are held until all are known, so that they differ.
        let listeners = (0..count)
            .map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .collect::<io::Result<Vec<_>>>()?;
        listeners.iter().map(|listener| Ok(listener.local_addr()?.port())).collect()
    };
    let mut ports = free().map_err(|error| {
        Error::dev_caused("no port of 127.0.0.1 is free: end some servers, or give one with `port`", error)
    })?;
    if let Some(first) = first {
        if ports.contains(&first) {
            return self::ports(count, Some(first));
        }
        if let Some(port) = ports.first_mut() {
            *port = first;
        }
    }
    Ok(ports)
}
