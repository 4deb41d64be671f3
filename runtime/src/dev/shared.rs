//! One server for all tests of a process.

use std::env;

use tokio::sync::OnceCell;

use super::Server;
use crate::{Client, Error, Result};

// A failure is stored as well: each test would otherwise try the download again.
static SHARED: OnceCell<Result<SharedServer, String>> = OnceCell::const_new();

/// The server that all users of [`shared`] have in common.
#[derive(Debug)]
pub struct SharedServer {
    uri: String,
    server: Option<Server>,
}

impl SharedServer {
    /// The connection string.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The server that this process started; `None` if `MONGODB_URI` names another one.
    #[must_use]
    pub fn server(&self) -> Option<&Server> {
        self.server.as_ref()
    }

    async fn start() -> Result<Self> {
        match env::var("MONGODB_URI") {
            Ok(uri) if !uri.is_empty() => Ok(Self { uri, server: None }),
            Err(env::VarError::NotUnicode(_)) => {
                Err(Error::dev("MONGODB_URI is not UTF-8: set it to a connection string, or unset it"))
            }
            _ => {
                let server = Server::start().await?;
                Ok(Self { uri: server.uri().to_owned(), server: Some(server) })
            }
        }
    }
}

/// The server that the environment variable `MONGODB_URI` names; if it is not set, a replica set of one node that the
/// first call starts and that ends with the process.
///
/// It outlives the runtime that it was first used in. Tests that use it should each have a database of their own, as
/// [`run_test`](super::run_test) gives them.
///
/// # Errors
///
/// When the server cannot be started; each later call then fails in the same way.
pub async fn shared() -> Result<&'static SharedServer> {
    let shared =
        SHARED.get_or_init(async || SharedServer::start().await.map_err(|error| with_causes(&error))).await;
    shared.as_ref().map_err(|message| Error::dev(message.as_str()))
}

/// A client of the [`shared`] server.
///
/// # Errors
///
/// As [`shared`], and when the connection string of `MONGODB_URI` is wrong.
pub async fn client() -> Result<Client> {
    Client::connect(shared().await?.uri()).await
}

fn with_causes(error: &Error) -> String {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}
