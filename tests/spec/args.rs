//! The arguments of an operation, taken one by one: one that is left over is unknown, and fails the test.

use std::{sync::Arc, time::Duration};

use odmium::{
    bson::{Bson, Document, deserialize_from_bson},
    options::{Collation, CursorType, Hint, ReadConcern, ReadPreference, ReturnDocument, WriteConcern},
    sort::IntoSort,
};
use serde::Deserialize;

use crate::{
    entities::{Entities, SessionEntity},
    failure::Failure,
};

pub struct Args {
    rest: Document,
}

impl Args {
    pub fn new(arguments: &Document) -> Self {
        Self { rest: arguments.clone() }
    }

    /// An argument, if it is given.
    pub fn opt<T: FromArgument>(&mut self, name: &str) -> Result<Option<T>, Failure> {
        let value = self.rest.remove(name);
        let read = |value| {
            T::read(value).map_err(|error| Failure::test(format!("the argument `{name}` is wrong: {error}")))
        };
        value.map(read).transpose()
    }

    /// An argument that must be given.
    pub fn get<T: FromArgument>(&mut self, name: &str) -> Result<T, Failure> {
        self.opt(name)?.ok_or_else(|| Failure::test(format!("the argument `{name}` is missing")))
    }

    pub fn session(&mut self, entities: &Entities) -> Result<Option<Arc<SessionEntity>>, Failure> {
        let id = self.opt::<String>("session")?;
        id.map(|id| entities.session(&id)).transpose()
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn peek(&self, name: &str) -> Option<&Bson> {
        self.rest.get(name)
    }

    pub fn contains(&self, name: &str) -> bool {
        self.rest.contains_key(name)
    }

    /// Refuses what was not taken.
    pub fn done(self) -> Result<(), Failure> {
        match self.rest.keys().next() {
            None => Ok(()),
            Some(name) => Err(Failure::test(format!("the argument `{name}` is not known to this runner"))),
        }
    }
}

/// What an argument can be read as.
pub trait FromArgument: Sized {
    fn read(value: Bson) -> Result<Self, String>;
}

macro_rules! by_serde {
    ($($type:ty)*) => { $(
        impl FromArgument for $type {
            fn read(value: Bson) -> Result<Self, String> {
                deserialize_from_bson(value).map_err(|error| error.to_string())
            }
        }
    )* };
}

by_serde! {
    bool i32 u32 i64 u64 f64 String Document Vec<Document> Vec<String> Vec<Bson> Collation Hint ReadConcern ReadPreference
    ReturnDocument
    odmium::options::TimeseriesOptions
    odmium::options::ClusteredIndex
    odmium::options::ChangeStreamPreAndPostImages
    odmium::options::TransactionOptions
}

impl FromArgument for Bson {
    fn read(value: Bson) -> Result<Self, String> {
        Ok(value)
    }
}

/// Milliseconds.
impl FromArgument for Duration {
    fn read(value: Bson) -> Result<Self, String> {
        u64::read(value).map(Self::from_millis)
    }
}

impl FromArgument for CursorType {
    fn read(value: Bson) -> Result<Self, String> {
        match value.as_str() {
            Some("nonTailable") => Ok(Self::NonTailable),
            Some("tailable") => Ok(Self::Tailable),
            Some("tailableAwait") => Ok(Self::TailableAwait),
            _ => Err(format!("{value} is no type of a cursor")),
        }
    }
}

impl FromArgument for WriteConcern {
    fn read(value: Bson) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Concern {
            w: Option<Bson>,
            journal: Option<bool>,
            #[serde(alias = "wtimeout", alias = "wTimeoutMS", alias = "wtimeoutMS")]
            wtimeout_ms: Option<u64>,
        }
        let concern: Concern = deserialize_from_bson(value).map_err(|error| error.to_string())?;
        let mut read = Self::default();
        read.w = concern.w.map(deserialize_from_bson).transpose().map_err(|error| error.to_string())?;
        read.journal = concern.journal;
        read.w_timeout = concern.wtimeout_ms.map(Duration::from_millis);
        Ok(read)
    }
}

/// An order in the server's form, of documents of any type.
pub struct RawSort(pub Document);

impl FromArgument for RawSort {
    fn read(value: Bson) -> Result<Self, String> {
        Document::read(value).map(Self)
    }
}

impl<D> IntoSort<D> for RawSort {
    fn add_to(self, sort: &mut Document) {
        sort.extend(self.0);
    }
}

/// Sets the options that are given on an action.
macro_rules! options {
    ($action:ident, $args:ident: $($name:literal => $method:ident($type:ty)),* $(,)?) => { $(
        if let Some(value) = $args.opt::<$type>($name)? {
            $action = $action.$method(value);
        }
    )* };
}

pub(crate) use options;
