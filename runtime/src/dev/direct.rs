//! A connection to one node, to set it up.

use std::time::Duration;

use mongodb::{
    Client,
    bson::{Document, doc},
    error::Error as DriverError,
    options::{ClientOptions, ServerAddress},
};
use tokio::time::timeout;

use crate::{Error, Result};

const PATIENCE: Duration = Duration::from_secs(2);

/// What a node is at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Takes writes; a standalone server does.
    Primary,
    Secondary,
    Other,
}

/// A connection to one node, whatever its role.
#[derive(Debug)]
pub(super) struct Direct(Client);

impl Direct {
    pub(super) fn connect(port: u16) -> Result<Self> {
        let mut options = ClientOptions::default();
        options.hosts = vec![ServerAddress::Tcp { host: "127.0.0.1".into(), port: Some(port) }];
        options.direct_connection = Some(true);
        options.server_selection_timeout = Some(PATIENCE);
        let client = Client::with_options(options);
        client
            .map(Self)
            .map_err(|error| Error::dev_caused("the driver cannot be set up for mongod: report it", error))
    }

    pub(super) async fn run(&self, command: Document) -> Result<Document, DriverError> {
        self.0.database("admin").run_command(command).await
    }

    pub(super) async fn role(&self) -> Role {
        let hello = timeout(PATIENCE, self.run(doc! { "hello": 1 })).await;
        let Ok(Ok(hello)) = hello else {
            return Role::Other;
        };
        let is = |field| hello.get_bool(field).unwrap_or(false);
        match (is("isWritablePrimary"), is("secondary")) {
            (true, _) => Role::Primary,
            (_, true) => Role::Secondary,
            _ => Role::Other,
        }
    }

    /// Since 5.0, mongod waits 15 s for its clients when a signal ends it.
    pub(super) async fn end_quickly(&self) {
        // An older mongod does not know the parameter, and does not wait.
        let _ = self.run(doc! { "setParameter": 1, "shutdownTimeoutMillisForSignaledShutdown": 100 }).await;
    }

    pub(super) async fn close(self) {
        self.0.shutdown().immediate(true).await;
    }
}
