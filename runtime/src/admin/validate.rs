//! Checking what is stored.

use mongodb::bson::{Bson, Document, doc};

use super::awaitable;
use crate::{Collection, Database, Session, error::Result, model::Record};

impl<D: Record> Collection<D> {
    /// Checks the collection and its indexes on the server.
    pub fn validate<'a>(&self) -> Validate<'a> {
        Validate { database: self.database(), command: doc! { "validate": self.name() }, session: None }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[must_use = "look at `valid`: a damaged collection is no error"]
pub struct Validation {
    /// Whether collection and indexes are sound.
    pub valid: bool,
    /// How many documents were checked.
    pub records: u64,
    /// What is wrong, in the server's words.
    pub errors: Vec<String>,
    /// What is odd, in the server's words.
    pub warnings: Vec<String>,
    /// The server's whole reply.
    pub reply: Document,
}

/// Checks a collection; see [`Collection::validate`].
///
/// The collection is locked while it is checked, unless [`background`](Self::background) is set.
///
/// # Errors
///
/// When the server refuses the operation, for instance for a view, or cannot be reached.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Validate<'a> {
    database: Database,
    command: Document,
    session: Option<&'a mut Session>,
}

impl<'a> Validate<'a> {
    crate::action::options::setters!(session);

    /// Reads every byte and every index entry, which takes long.
    pub fn full(mut self, full: bool) -> Self {
        self.command.insert("full", full);
        self
    }

    /// Lets others read and write meanwhile, and checks less.
    pub fn background(mut self, background: bool) -> Self {
        self.command.insert("background", background);
        self
    }

    /// Only checks the metadata of the indexes. Needs server 6.0.
    pub fn metadata(mut self, only: bool) -> Self {
        self.command.insert("metadata", only);
        self
    }

    async fn run(self) -> Result<Validation> {
        let mut command = self.database.run_command(self.command);
        if let Some(session) = self.session {
            command = command.session(session);
        }
        let reply = command.await?;
        let texts = |key: &str| {
            let list = reply.get_array(key).into_iter().flatten();
            list.filter_map(Bson::as_str).map(str::to_owned).collect()
        };
        let records = reply.get_i64("nrecords").or_else(|_| reply.get_i32("nrecords").map(i64::from));
        Ok(Validation {
            valid: reply.get_bool("valid").unwrap_or_default(),
            records: records.ok().and_then(|count| u64::try_from(count).ok()).unwrap_or_default(),
            errors: texts("errors"),
            warnings: texts("warnings"),
            reply,
        })
    }
}

awaitable!(Validate<'a> in [database] => Validation);
