//! What a client hands down to its databases, collections and actions.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;

use super::{
    limit::{Limits, Watched},
    names,
    state::State,
};
use crate::{
    error::Result,
    schema::{self, Entry},
};

/// What a client hands down to its databases, collections and actions; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    state: Arc<State>,
    /// Set on a database, a collection or an action; zero is no limit.
    timeout: Option<Duration>,
    /// A name in it is none: found once when the handle is made, told when something is to be sent.
    invalid: bool,
    /// What the names of the collections around it begin with; none for nothing.
    prefix: Option<Arc<str>>,
    /// What the struct that opened it says of the collections around it.
    members: &'static [Entry],
}

impl Scope {
    pub(crate) fn new(state: Arc<State>) -> Self {
        Self { state, timeout: None, invalid: false, prefix: None, members: &[] }
    }

    pub(crate) fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// This scope, for a database.
    pub(crate) fn database(mut self, name: &str) -> Self {
        self.invalid = names::database(name).is_err();
        self
    }

    /// This scope, for a collection.
    pub(crate) fn collection(mut self, database: &str, name: &str) -> Self {
        self.invalid |= names::collection(database, name).is_err();
        self
    }

    /// Sets what the collections around it are called.
    pub(crate) fn set_neighbours(&mut self, prefix: &str, members: &'static [Entry]) {
        self.prefix = (!prefix.is_empty()).then(|| prefix.into());
        self.members = members;
    }

    /// What the names of the collections around it begin with.
    pub(crate) fn prefix(&self) -> &str {
        self.prefix.as_deref().unwrap_or_default()
    }

    /// Whether the collections around it have the names that their models declare.
    pub(crate) fn has_declared_names(&self) -> bool {
        self.prefix.is_none() && self.members.is_empty()
    }

    /// The name of the collection around it whose model declares that one.
    pub(crate) fn neighbour(&self, declared: &str) -> String {
        format!("{}{}", self.prefix(), schema::name_of(self.members, declared))
    }

    pub(crate) fn set_timeout(&mut self, limit: Duration) {
        self.timeout = Some(limit);
    }

    /// The limit on a whole operation.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.timeout.or(self.state.settings.own.timeout).filter(|limit| !limit.is_zero())
    }

    pub(crate) fn limits(&self) -> Limits {
        let settings = &self.state.settings;
        Limits {
            total: self.timeout(),
            wait: settings.wait_queue_timeout(),
            reply: settings.socket_timeout(),
        }
    }

    /// Refuses names that the server would refuse.
    pub(crate) fn check(&self, database: &str, collection: Option<&str>) -> Result<()> {
        if !self.invalid {
            return Ok(());
        }
        names::database(database)?;
        collection.map_or(Ok(()), |name| names::collection(database, name))
    }

    /// Whether an operation runs as it is, which is the usual case and costs nothing.
    pub(crate) fn is_plain(&self) -> bool {
        !self.invalid && self.limits().is_none() && !super::span::enabled()
    }

    /// Runs an operation under what is set here.
    pub(crate) fn watch<'a, T>(
        &self,
        operation: Operation<'_>,
        work: BoxFuture<'a, Result<T>>,
    ) -> Watched<'a, T> {
        let Operation { name, database, collection } = operation;
        let refused = self.check(database, collection).err();
        Watched::new(work, self.limits(), refused, super::span::of(name, database, collection))
    }
}

/// What is run: an action, and on what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) name: &'static str,
    pub(crate) database: &'a str,
    pub(crate) collection: Option<&'a str>,
}

impl Operation<'static> {
    /// One of the client itself.
    pub(crate) fn of_client(name: &'static str) -> Self {
        Self { name, database: "admin", collection: None }
    }
}
