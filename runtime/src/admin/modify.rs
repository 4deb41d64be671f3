//! Changing the options of a collection that is there.

use std::time::Duration;

use mongodb::{
    bson::{Bson, Document, doc},
    options::{Hint, ValidationAction, ValidationLevel, WriteConcern},
};

use super::{awaitable, insert_option};
use crate::{
    Collection, Session,
    action::IntoHint,
    error::{Error, Result},
    filter::Filter,
    model::Record,
};

impl<D: Record> Collection<D> {
    /// Changes options of the collection or view, or of one of its indexes (the command `collMod`).
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use odmium::{admin::IndexChange, bson::doc, prelude::*};
    /// # #[derive(Document)]
    /// # #[document(collection = "users")]
    /// # struct User { id: Id<User>, email: String }
    /// # async fn f(users: odmium::Collection<User>) -> odmium::Result<()> {
    /// // In two steps, an index becomes unique while others write.
    /// users.modify().index(doc! { "email": 1 }, IndexChange::PrepareUnique(true)).await?;
    /// users.modify().index(doc! { "email": 1 }, IndexChange::Unique).await?;
    /// # Ok(()) }
    /// ```
    pub fn modify<'a>(&self) -> Modify<'a, D> {
        let command = doc! { "collMod": self.name() };
        Modify { collection: self.clone(), command, invalid: None, session: None }
    }
}

/// What is changed of an index; see [`Modify::index`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexChange {
    /// Whether queries do not see it.
    Hidden(bool),
    /// After how long documents are deleted; whole seconds count.
    ExpireAfter(Duration),
    /// Whether no more duplicates are taken, as the first step to [`Unique`](Self::Unique). Needs server 6.0.
    PrepareUnique(bool),
    /// It becomes unique; it must have been [prepared](Self::PrepareUnique). Needs server 6.0.
    Unique,
}

/// Changes options of a collection; see [`Collection::modify`]. Gives the server's reply.
///
/// # Errors
///
/// [Command](Error::is_command) when the server refuses it: with code 26 when there is no such collection, with code 359
/// when an index that is to be unique holds duplicates; the [reply](Error::reply) has the ids of those as `violations`.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Modify<'a, D> {
    collection: Collection<D>,
    command: Document,
    invalid: Option<Error>,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> Modify<'a, D> {
    crate::action::options::setters!(session);

    /// Changes an index, which is named by its keys, its name or a variant of the model's index enum. Another change of
    /// the same index goes into the same command.
    pub fn index(mut self, index: impl IntoHint, change: IndexChange) -> Self {
        let mut changes = match self.command.remove("index") {
            Some(Bson::Document(changes)) => changes,
            _ => Document::new(),
        };
        match index.into_hint() {
            Hint::Name(name) => changes.insert("name", name),
            Hint::Keys(keys) => changes.insert("keyPattern", keys),
            _ => None,
        };
        match change {
            IndexChange::Hidden(hidden) => changes.insert("hidden", hidden),
            IndexChange::ExpireAfter(time) => changes.insert("expireAfterSeconds", seconds(time)),
            IndexChange::PrepareUnique(prepare) => changes.insert("prepareUnique", prepare),
            IndexChange::Unique => changes.insert("unique", true),
        };
        self.with("index", changes)
    }

    /// Refuses documents that do not match, such as `doc! { "$jsonSchema": { .. } }`; an empty one takes all.
    pub fn validator(self, validator: Document) -> Self {
        self.with("validator", validator)
    }

    /// Refuses documents that do not match a typed filter.
    pub fn validator_of(mut self, filter: Filter<D>) -> Self {
        match filter.into_document() {
            Ok(filter) => self.with("validator", filter),
            Err(error) => {
                self.invalid = Some(error);
                self
            }
        }
    }

    /// Whether the validator is also about changes of documents that do not match it already.
    pub fn validation_level(mut self, level: ValidationLevel) -> Self {
        insert_option(&mut self.command, "validationLevel", level, &mut self.invalid);
        self
    }

    /// Whether the validator refuses a document or only has it logged.
    pub fn validation_action(mut self, action: ValidationAction) -> Self {
        insert_option(&mut self.command, "validationAction", action, &mut self.invalid);
        self
    }

    /// Makes a view show something else.
    pub fn view(self, on: impl Into<String>, pipeline: impl IntoIterator<Item = Document>) -> Self {
        let stages: Vec<_> = pipeline.into_iter().map(Bson::Document).collect();
        self.with("viewOn", on.into()).with("pipeline", stages)
    }

    /// Deletes documents of a time series or clustered collection this long after their time; whole seconds count, `None`
    /// keeps them.
    pub fn expire_after(self, time: Option<Duration>) -> Self {
        self.with("expireAfterSeconds", time.map_or(Bson::String("off".into()), seconds))
    }

    /// Keeps documents as they were before and after a change, for change streams. Needs server 6.0.
    pub fn pre_and_post_images(self, enabled: bool) -> Self {
        self.with("changeStreamPreAndPostImages", doc! { "enabled": enabled })
    }

    /// Another size of a capped collection, in bytes. Needs server 6.0.
    pub fn capped(self, bytes: u64) -> Self {
        self.with("cappedSize", i64::try_from(bytes).unwrap_or(i64::MAX))
    }

    /// How many documents a capped collection keeps. Needs server 6.0.
    pub fn max_documents(self, documents: u64) -> Self {
        self.with("cappedMax", i64::try_from(documents).unwrap_or(i64::MAX))
    }

    /// How many servers must have it before it counts as done.
    pub fn write_concern(mut self, concern: WriteConcern) -> Self {
        insert_option(&mut self.command, "writeConcern", concern, &mut self.invalid);
        self
    }

    /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
    pub fn comment(self, comment: impl Into<Bson>) -> Self {
        self.with("comment", comment)
    }

    /// Any other option, by the server's name.
    pub fn option(self, name: &str, value: impl Into<Bson>) -> Self {
        self.with(name, value)
    }

    fn with(mut self, key: &str, value: impl Into<Bson>) -> Self {
        self.command.insert(key, value);
        self
    }

    async fn run(self) -> Result<Document> {
        let Self { collection, command, invalid, session, .. } = self;
        if let Some(error) = invalid {
            return Err(error);
        }
        let database = collection.database();
        let mut run = database.run_command(command);
        if let Some(session) = session {
            run = run.session(session);
        }
        run.await
    }
}

fn seconds(time: Duration) -> Bson {
    Bson::Int64(i64::try_from(time.as_secs()).unwrap_or(i64::MAX))
}

awaitable!(Modify<'a, D: Record> in [collection] => Document);
