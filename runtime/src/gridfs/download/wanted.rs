//! Which file is meant.

use std::fmt;

use mongodb::bson::{Bson, Document, doc};

use crate::{codec::EncodeError, error::Result, filter::IntoValue};

/// A file by its `_id`, or all revisions of a name.
pub(in crate::gridfs) enum Wanted {
    Id(Result<Bson, EncodeError>),
    Name(String),
}

impl Wanted {
    pub(in crate::gridfs) fn id(id: impl IntoValue<Bson>) -> Self {
        Self::Id(id.into_bson())
    }

    pub(in crate::gridfs) fn name(name: impl Into<String>) -> Self {
        Self::Name(name.into())
    }

    pub(in crate::gridfs) fn filter(&self) -> Result<Document> {
        Ok(match self {
            // As an operator, so that a document is compared as a value.
            Self::Id(id) => doc! { "_id": { "$eq": id.clone()? } },
            Self::Name(name) => doc! { "filename": name },
        })
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(Ok(id)) => write!(f, "with _id {id}"),
            Self::Id(Err(error)) => error.fmt(f),
            Self::Name(name) => write!(f, "named {name:?}"),
        }
    }
}
