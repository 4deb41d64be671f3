//! Writes of a bulk write that failed, and what was done all the same.

use std::{collections::BTreeSet, fmt};

use mongodb::bson::{Bson, Document};

use super::{DuplicateKey, Error, ErrorKind, Inner, Kind, WriteFailure};
use crate::action::BulkWriteResult;

/// Writes that were carried out, but did not reach as many servers as their write concern asks for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WriteConcernFailure {
    /// The server's code, such as 64 when the time limit of the write concern ran out.
    pub code: i32,
    /// The name of the code.
    pub code_name: String,
    /// The server's text.
    pub message: String,
    /// The server's details (`errInfo`).
    pub details: Option<Document>,
}

/// What is known of a bulk write that failed.
pub(crate) struct BulkFailure {
    pub(crate) operations: usize,
    pub(crate) failures: Vec<WriteFailure>,
    pub(crate) concerns: Vec<WriteConcernFailure>,
    /// `None` for a command of the caller's own.
    pub(crate) partial: Option<BulkWriteResult>,
}

impl BulkFailure {
    /// What inserts of documents with these ids did, of which some failed.
    pub(crate) fn inserts(
        ids: impl IntoIterator<Item = Bson>,
        failures: &[WriteFailure],
        ordered: bool,
    ) -> BulkWriteResult {
        let failed: BTreeSet<usize> = failures.iter().map(|failure| failure.index).collect();
        let all = ids.into_iter().enumerate();
        let inserted_ids: Vec<_> = match ordered {
            true => all.take_while(|(index, _)| !failed.contains(index)).collect(),
            false => all.filter(|(index, _)| !failed.contains(index)).collect(),
        };
        BulkWriteResult { inserted: inserted_ids.len() as u64, inserted_ids, ..BulkWriteResult::default() }
    }
}

/// The same with the error that ended it, where that was not one of single writes.
pub(super) struct Bulk {
    pub(super) failure: BulkFailure,
    stopped: Option<Kind>,
}

impl Error {
    /// What a failed bulk write or `insert_many` did before and beside the failure; `None` for other errors.
    ///
    /// After a [network](Self::is_network) error, the message that was under way is not part of it: whether the server
    /// carried that out is not known.
    #[must_use]
    pub fn partial_result(&self) -> Option<&BulkWriteResult> {
        match &self.0.kind {
            Kind::Write(_, _, partial) => partial.as_deref(),
            _ => self.bulk()?.failure.partial.as_ref(),
        }
    }

    /// The same with what an insert of many documents did, where single documents of it were refused: `ids` are those of
    /// all.
    pub(crate) fn of_inserts(mut self, ids: impl IntoIterator<Item = Bson>, ordered: bool) -> Self {
        if let Kind::Write(_, failures, partial) = &mut self.0.kind {
            *partial = Some(Box::new(BulkFailure::inserts(ids, failures, ordered)));
        }
        self
    }

    /// The messages of a bulk write that were carried out without meeting their write concern.
    #[must_use]
    pub fn write_concern_failures(&self) -> &[WriteConcernFailure] {
        self.bulk().map_or(&[], |bulk| &bulk.failure.concerns)
    }

    /// The write errors in the reply to a command that the server itself calls a success.
    pub(crate) fn of_reply(reply: &Document) -> Option<Self> {
        let entries = reply.get_array("writeErrors").into_iter().flatten().filter_map(Bson::as_document);
        let failures: Vec<_> = entries.map(WriteFailure::of_reply).collect();
        let concern = reply.get_document("writeConcernError").ok();
        let concerns: Vec<_> = concern.map(WriteConcernFailure::of_reply).into_iter().collect();
        if failures.is_empty() && concerns.is_empty() {
            return None;
        }
        Some(Self::bulk_write(BulkFailure { operations: 0, failures, concerns, partial: None }, None))
    }

    pub(crate) fn bulk_write(failure: BulkFailure, stopped: Option<Self>) -> Self {
        let (stopped, source) = match stopped {
            Some(Self(inner)) => (Some(inner.kind), inner.source),
            None => (None, None),
        };
        Self(Box::new(Inner { kind: Kind::BulkWrite(Box::new(Bulk { failure, stopped })), source }))
    }

    /// The same about one operation of several.
    pub(crate) fn of_operation(self, index: usize) -> Self {
        let Self(inner) = self;
        let kind = match inner.kind {
            Kind::Argument(text) => Kind::Argument(format!("write {index} of the bulk write: {text}").into()),
            Kind::Encode(error) => Kind::Encode(error.below(&index.to_string())),
            other => other,
        };
        Self(Box::new(Inner { kind, source: inner.source }))
    }

    fn bulk(&self) -> Option<&Bulk> {
        match &self.0.kind {
            Kind::BulkWrite(bulk) => Some(bulk),
            _ => None,
        }
    }
}

impl Bulk {
    pub(super) fn duplicate_key(&self) -> Option<&DuplicateKey> {
        match &self.stopped {
            Some(Kind::DuplicateKey(key)) => Some(key),
            _ => self.failure.failures.iter().find_map(|failure| failure.duplicate_key.as_ref()),
        }
    }

    pub(super) fn kind(&self) -> ErrorKind {
        self.stopped.as_ref().map_or(ErrorKind::Write, Kind::kind)
    }

    /// The first code of a write that failed; that of an error that ended it is the driver's.
    pub(super) fn code(&self) -> Option<i32> {
        let BulkFailure { failures, concerns, .. } = &self.failure;
        let codes = failures.iter().map(|it| it.code).chain(concerns.iter().map(|it| it.code));
        codes.into_iter().next().filter(|_| self.stopped.is_none())
    }
}

impl fmt::Display for Bulk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BulkFailure { operations, failures, concerns, partial } = &self.failure;
        if let Some(stopped) = &self.stopped {
            let known = partial.as_ref().map_or(0, |it| it.inserted + it.matched + it.upserted + it.deleted);
            write!(
                f,
                "the operation of {operations} writes ended early, with {known} documents written or matched: "
            )?;
            return stopped.fmt(f);
        }
        match (&**failures, &**concerns) {
            ([first, ..], _) if partial.is_none() => {
                write!(f, "the command had write errors, the first for statement {}: {first}", first.index)
            }
            ([only], _) => write!(f, "the server refused write {} of the bulk write: {only}", only.index),
            ([first, ..], _) => write!(
                f,
                "the server refused {} of the {operations} writes, the first is write {}: {first}",
                failures.len(),
                first.index
            ),
            (_, [concern, ..]) => write!(
                f,
                "the writes were carried out, but the write concern was not met (code {}): {}; read the data before \
                 you write again",
                concern.code, concern.message
            ),
            _ => f.write_str("the bulk write failed and the server gave no reason"),
        }
    }
}
