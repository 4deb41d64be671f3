//! A connection to one node, to set it up.

use std::time::Duration;

use mongodb::{
    Client,
    bson::{Document, doc},
    error::Error as DriverError,
    options::{ClientOptions, ServerAddress},
};
use tokio::time::timeout;

use super::access::{Access, User};
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
pub(super) struct Direct {
    client: Client,
    /// Who is still to be made.
    new_user: Option<User>,
}

impl Direct {
    pub(super) fn connect(port: u16, access: &Access, with_user: bool) -> Result<Self> {
        let mut options = ClientOptions::default();
        options.hosts = vec![ServerAddress::Tcp { host: "127.0.0.1".into(), port: Some(port) }];
        options.direct_connection = Some(true);
        options.server_selection_timeout = Some(PATIENCE);
        access.apply(&mut options, with_user);
        let new_user = access.user.clone().filter(|_| !with_user);
        let client = Client::with_options(options);
        client
            .map(|client| Self { client, new_user })
            .map_err(|error| Error::dev_caused("the driver cannot be set up for mongod: report it", error))
    }

    pub(super) async fn run(&self, command: Document) -> Result<Document, DriverError> {
        self.client.database("admin").run_command(command).await
    }

    pub(super) fn awaits_user(&self) -> bool {
        self.new_user.is_some()
    }

    /// Makes the user, when this is a connection without one to a server that should have one.
    pub(super) async fn create_user(&self) -> Result<()> {
        let Some(User { name, password, .. }) = &self.new_user else { return Ok(()) };
        let command = doc! { "createUser": name, "pwd": password, "roles": ["root"] };
        self.run(command).await.map(drop).map_err(|error| {
            Error::dev_caused(
                "mongod refused the user: give `auth` another name or password, or the ones of the data folder",
                error,
            )
        })
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
        self.client.shutdown().immediate(true).await;
    }
}
