//! Handles of collections, and what is done to a collection as a whole.

use mongodb::{
    bson::{Document, doc},
    options::WriteConcern,
};

use super::{awaitable, insert_option};
use crate::{
    Client, Collection, Database, Session,
    error::{Error, Result},
    model::Record,
};

impl<D: Record> Collection<D> {
    /// The name with the database: `shop.users`.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.inner().namespace().to_string()
    }

    /// The database that it is in, with the settings of the client.
    #[must_use]
    pub fn database(&self) -> Database {
        self.client().database(&self.inner().namespace().db)
    }

    /// The client that it belongs to.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::of(self.inner().client().clone(), self.scope())
    }

    /// The collection of the same database whose name begins with this one's: `users.sub("archive")` is
    /// `users.archive`. To MongoDB they have nothing to do with each other.
    #[must_use]
    pub fn sub<E: Record>(&self, name: &str) -> Collection<E> {
        self.database().collection_named(&format!("{}.{name}", self.name()))
    }

    /// The options that the collection was created with, by the server's names; `None` when it is not there.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached.
    pub async fn options(&self) -> Result<Option<Document>> {
        let list = self.database().list_collections().filter(doc! { "name": self.name() }).await?;
        Ok(list.into_iter().next().map(|info| info.options))
    }

    /// Gives the collection another name, within its database, and a handle to it under that name.
    pub fn rename<'a>(&self, name: impl Into<String>) -> Rename<'a, D> {
        let (database, name) = (self.inner().namespace().db, name.into());
        let command = doc! { "renameCollection": self.full_name(), "to": format!("{database}.{name}") };
        Rename { collection: self.clone(), name, command, invalid: None, session: None }
    }

    /// Builds all indexes anew, on a server that is no replica set.
    ///
    /// The server calls the command deprecated: dropping an index and creating it works everywhere.
    ///
    /// # Errors
    ///
    /// When the server refuses it, as a replica set does, or cannot be reached.
    pub async fn reindex(&self) -> Result<Document> {
        self.database().run_command(doc! { "reIndex": self.name() }).await
    }
}

/// Renames a collection; see [`Collection::rename`].
///
/// # Errors
///
/// [Command](Error::is_command) with code 48 when there is a collection of that name, unless
/// [`drop_target`](Self::drop_target) is set; with code 26 when this one is not there.
#[must_use = "nothing is sent before the action is awaited"]
pub struct Rename<'a, D> {
    collection: Collection<D>,
    name: String,
    command: Document,
    invalid: Option<Error>,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> Rename<'a, D> {
    crate::action::options::setters!(session);

    /// Drops a collection that has the new name already.
    pub fn drop_target(mut self, drop: bool) -> Self {
        self.command.insert("dropTarget", drop);
        self
    }

    /// How many servers must have renamed it before that counts as done.
    pub fn write_concern(mut self, concern: WriteConcern) -> Self {
        insert_option(&mut self.command, "writeConcern", concern, &mut self.invalid);
        self
    }

    /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
    pub fn comment(mut self, comment: impl Into<mongodb::bson::Bson>) -> Self {
        self.command.insert("comment", comment.into());
        self
    }

    async fn run(self) -> Result<Collection<D>> {
        let Self { collection, name, command, invalid, session } = self;
        if let Some(error) = invalid {
            return Err(error);
        }
        let admin = collection.client().database("admin");
        let mut rename = admin.run_command(command);
        if let Some(session) = session {
            rename = rename.session(session);
        }
        rename.await?;
        Ok(collection.database().collection_named(&name))
    }
}

awaitable!(Rename<'a, D: Record> in [collection] => Collection<D>);
