//! The servers that the tests run on: one for each test at a time, as fail points are the server's.

use std::{
    env,
    sync::{Arc, Condvar, Mutex},
};

use odmium::{
    Client,
    bson::{Document, doc},
    dev::Server,
};
use tokio::runtime::Handle;

use crate::{failure::Failure, requirements::Deployment};

/// A server with what is known about it.
pub struct Station {
    pub uri: String,
    pub client: Client,
    pub deployment: Deployment,
    /// `None` for a server of the caller's.
    server: Option<Server>,
}

/// Hands out servers, and starts them when the first test asks for one.
pub struct Stations {
    runtime: Handle,
    /// How many a server has; none for one that is no replica set.
    nodes: usize,
    state: Mutex<State>,
    returned: Condvar,
}

struct State {
    idle: Vec<Station>,
    /// How many more may be started.
    more: usize,
    /// Why none can be started.
    broken: Option<Arc<str>>,
}

/// The server that `MONGODB_URI` names, if any.
pub fn given() -> Option<String> {
    env::var("MONGODB_URI").ok()
}

impl Stations {
    pub fn new(runtime: Handle, nodes: usize, most: usize) -> Self {
        let state = State { idle: Vec::new(), more: most, broken: None };
        Self { runtime, nodes, state: Mutex::new(state), returned: Condvar::new() }
    }

    /// Runs something with a server of its own.
    pub fn with<T>(&self, run: impl FnOnce(&Station) -> T) -> Result<T, Arc<str>> {
        let station = self.take()?;
        let result = run(&station);
        self.state.lock().unwrap().idle.push(station);
        self.returned.notify_one();
        Ok(result)
    }

    fn take(&self) -> Result<Station, Arc<str>> {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some(station) = state.idle.pop() {
                return Ok(station);
            }
            if let Some(error) = &state.broken {
                return Err(error.clone());
            }
            if state.more > 0 {
                state.more -= 1;
                drop(state);
                let started = self.runtime.block_on(Station::start(self.nodes));
                state = self.state.lock().unwrap();
                match started {
                    Ok(station) => return Ok(station),
                    Err(error) => state.broken = Some(format!("no server: {error}").into()),
                }
            } else {
                state = self.returned.wait(state).unwrap();
            }
        }
    }

    /// Ends the servers.
    pub fn stop(&self) {
        let stations = std::mem::take(&mut self.state.lock().unwrap().idle);
        self.runtime.block_on(async {
            for Station { client, server, .. } in stations {
                client.close().await;
                if let Some(server) = server {
                    drop(server.stop().await);
                }
            }
        });
    }
}

impl Station {
    async fn start(nodes: usize) -> Result<Self, Failure> {
        let (uri, server) = match given() {
            Some(uri) => (uri, None),
            None => {
                let builder = Server::builder().test_commands(true);
                let builder = if nodes == 0 { builder.standalone() } else { builder.replica_set(nodes) };

                let server = builder.start().await?;
                (server.uri().to_owned(), Some(server))
            }
        };
        let client = Client::connect(&uri).await?;
        let deployment = describe(&client).await?;
        Ok(Self { uri, client, deployment, server })
    }
}

async fn describe(client: &Client) -> odmium::Result<Deployment> {
    let admin = client.database("admin");
    let hello = admin.run_command(doc! { "hello": 1 }).await?;
    let topology = match (hello.get_str("msg"), hello.contains_key("setName")) {
        (Ok("isdbgrid"), _) => "sharded",
        (_, true) => "replicaset",
        _ => "single",
    };
    let version = client.server_info().await?.version;
    let status = admin.run_command(doc! { "connectionStatus": 1 }).await?;
    let users = status.get_document("authInfo").and_then(|it| it.get_array("authenticatedUsers"));
    let auth = users.is_ok_and(|users| !users.is_empty());
    let parameters = admin.run_command(doc! { "getParameter": "*" }).check(false).await;
    let parameters = parameters.unwrap_or_else(|_| Document::new());
    Ok(Deployment { version, topology, auth, parameters })
}
