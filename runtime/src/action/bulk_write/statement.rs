//! Writes in the server's form, encoded once and sent as they are.

use mongodb::{
    bson::{Bson, Document, RawDocumentBuf, serialize_to_bson},
    options::{Hint, UpdateModifications},
};

use super::write::WriteOptions;
use crate::{
    action::insert::MAX_DOCUMENT,
    codec::{DocumentWriter, EncodeDocument, encode_with, into_raw},
    error::{EncodeError, Error, Result},
};

/// Which command a write is sent by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Insert,
    Update,
    Delete,
}

impl Kind {
    pub(super) fn command(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// The key of the statements in the command.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::Insert => "documents",
            Self::Update => "updates",
            Self::Delete => "deletes",
        }
    }
}

/// One element of a command's `documents`, `updates` or `deletes`.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) kind: Kind,
    /// Whether it is about every document that matches: such a write is never sent a second time.
    pub(super) many: bool,
    /// Which collection it is for.
    pub(super) target: usize,
    pub(super) bytes: RawDocumentBuf,
}

impl Statement {
    pub(super) fn len(&self) -> usize {
        self.bytes.as_bytes().len()
    }

    /// For errors: the statement under the name of its command.
    pub(super) fn describe(&self) -> Document {
        let mut document = Document::new();
        let statement = Document::try_from(self.bytes.as_ref());
        document.insert(self.kind.command(), statement.map_or(Bson::Null, Bson::Document));
        document
    }

    pub(super) fn check_size(&self) -> Result<()> {
        match self.len() > MAX_DOCUMENT {
            false => Ok(()),
            true => Err(Error::argument(format!(
                "it has {} bytes, and the server takes at most {MAX_DOCUMENT}: store large values in GridFS",
                self.len()
            ))),
        }
    }
}

pub(super) enum Change {
    Update(UpdateModifications),
    Replace(RawDocumentBuf),
}

pub(super) struct UpdateStatement {
    pub(super) filter: Document,
    pub(super) change: Change,
    pub(super) many: bool,
    pub(super) options: WriteOptions,
}

pub(super) fn encode_update(update: &UpdateStatement) -> Result<RawDocumentBuf, EncodeError> {
    encode(update, 192)
}

pub(super) fn encode_delete(
    filter: &Document,
    many: bool,
    options: &WriteOptions,
) -> Result<RawDocumentBuf, EncodeError> {
    encode(&DeleteStatement { filter, many, options }, 96)
}

fn encode(statement: &impl EncodeDocument, capacity: usize) -> Result<RawDocumentBuf, EncodeError> {
    into_raw(encode_with(statement, Vec::with_capacity(capacity))?)
}

impl EncodeDocument for UpdateStatement {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("q", &self.filter);
        match &self.change {
            Change::Update(UpdateModifications::Document(update)) => document.field("u", update),
            Change::Update(UpdateModifications::Pipeline(stages)) => document.field("u", stages),
            Change::Update(_) => document.slot("u").fail("the driver has a new kind of update"),
            Change::Replace(replacement) => document.field("u", replacement),
        }
        if self.many {
            document.field("multi", &true);
        }
        let options = &self.options;
        if let Some(upsert) = &options.upsert {
            document.field("upsert", upsert);
        }
        if let Some(filters) = &options.array_filters {
            document.field("arrayFilters", filters);
        }
        if let Some(sort) = &options.sort {
            document.field("sort", sort);
        }
        shared_options(options, document);
    }
}

struct DeleteStatement<'a> {
    filter: &'a Document,
    many: bool,
    options: &'a WriteOptions,
}

impl EncodeDocument for DeleteStatement<'_> {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("q", self.filter);
        document.field("limit", &i32::from(!self.many));
        shared_options(self.options, document);
    }
}

fn shared_options(options: &WriteOptions, document: &mut DocumentWriter) {
    match &options.hint {
        Some(Hint::Keys(keys)) => document.field("hint", keys),
        Some(Hint::Name(name)) => document.field("hint", name),
        _ => {}
    }
    if let Some(collation) = &options.collation {
        document_of("collation", collation, document);
    }
}

/// Writes one of the driver's option structs.
pub(super) fn document_of(key: &str, options: &impl serde::Serialize, document: &mut DocumentWriter) {
    let slot = document.slot(key);
    match serialize_to_bson(options) {
        Ok(value) => crate::codec::Encode::encode(&value, slot),
        Err(error) => slot.fail(error.to_string()),
    }
}
