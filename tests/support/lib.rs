//! What the tests share: a recorder of the commands that are sent, a server with fail points, the BSON corpus, bytes for large
//! files, and patience.

pub mod content;
pub mod corpus;
pub mod lab;
pub mod wait;

use std::sync::{Arc, Mutex};

use odmium::{
    Client, Database, Result,
    bson::Document,
    dev,
    mongodb::event::{EventHandler, command::CommandEvent},
    options::ClientOptions,
};

/// The commands that a client has sent, in their order.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    commands: Arc<Mutex<Vec<Document>>>,
}

impl Recorder {
    /// The same database through a client of its own whose commands are recorded.
    pub async fn attach(db: &Database) -> Result<(Database, Self)> {
        Self::attach_to(dev::shared().await?.uri(), db.name()).await
    }

    /// A database of another server, through a client whose commands are recorded.
    pub async fn attach_to(uri: &str, database: &str) -> Result<(Database, Self)> {
        let (client, recorder) = Self::connect(uri).await?;
        Ok((client.database(database), recorder))
    }

    /// A client whose commands are recorded.
    pub async fn connect(uri: &str) -> Result<(Client, Self)> {
        let recorder = Self::default();
        let mut options = ClientOptions::parse(uri).await?;
        let commands = recorder.commands.clone();
        options.command_event_handler = Some(EventHandler::callback(move |event| {
            if let CommandEvent::Started(event) = event
                && let Ok(mut commands) = commands.lock()
            {
                commands.push(event.command);
            }
        }));
        Ok((Client::with_options(options)?, recorder))
    }

    /// Takes the commands recorded so far.
    #[must_use]
    pub fn take(&self) -> Vec<Document> {
        self.commands.lock().map(|mut commands| std::mem::take(&mut *commands)).unwrap_or_default()
    }

    /// Takes the only command recorded so far, without what the driver adds to each.
    ///
    /// # Panics
    ///
    /// When there is none or more than one.
    #[must_use]
    pub fn only(&self) -> Document {
        let mut commands = self.take();
        assert_eq!(commands.len(), 1, "{commands:?}");
        let mut command = commands.remove(0);
        for key in ["lsid", "$db", "$clusterTime", "txnNumber"] {
            command.remove(key);
        }
        command
    }
}
