//! Adding up the replies of the commands of one bulk write.

use mongodb::{
    bson::{Bson, Document},
    error::{Error as DriverError, ErrorKind as DriverKind},
};

use super::{
    BulkWriteResult,
    group::Group,
    send::Sent,
    statement::{Kind, Statement},
};
use crate::{
    action::insert::stored_id,
    codec::DecodeOwned,
    error::{BulkFailure, Error, Result, WriteConcernFailure, WriteFailure},
};

#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) result: BulkWriteResult<Bson>,
    /// The positions of the inserts that were carried out.
    pub(super) inserted: Vec<usize>,
    pub(super) failures: Vec<WriteFailure>,
    pub(super) concerns: Vec<WriteConcernFailure>,
}

impl Tally {
    pub(super) fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Adds what came of a group; an error that is not about single writes comes back.
    pub(super) fn add(&mut self, group: &Group, ordered: bool, sent: Sent) -> Result<()> {
        match sent {
            Sent::Insert(outcome) => self.add_insert(group, ordered, outcome)?,
            Sent::Reply(reply) => self.add_reply(group, &reply?),
        }
        Ok(())
    }

    /// Adds what a driver's insert did; any other error than one about single documents comes back.
    fn add_insert(
        &mut self,
        group: &Group,
        ordered: bool,
        outcome: Result<(), DriverError>,
    ) -> Result<(), DriverError> {
        let mut failed = Vec::new();
        if let Err(error) = outcome {
            let DriverKind::InsertMany(many) = error.kind.as_ref() else { return Err(error) };
            for write in many.write_errors.iter().flatten() {
                failed.push(write.index);
                self.failures.push(WriteFailure::of_indexed(write).at(position(group, write.index)));
            }
            self.concerns.extend(many.write_concern_error.as_ref().map(WriteConcernFailure::new));
        }
        let tried = match failed.first() {
            Some(first) if ordered => *first,
            _ => group.members.len(),
        };
        failed.sort_unstable();
        let stored = (0..tried).filter(|index| failed.binary_search(index).is_err());
        self.inserted.extend(stored.map(|index| position(group, index)));
        Ok(())
    }

    /// Adds the reply of an `update` or `delete` command.
    fn add_reply(&mut self, group: &Group, reply: &Document) {
        let count = |key| reply.get(key).and_then(number).unwrap_or(0);
        let (n, upserted) = (count("n"), reply.get_array("upserted").map_or(&[][..], Vec::as_slice));
        match group.kind {
            Kind::Delete => self.result.deleted += n,
            _ => {
                self.result.upserted += upserted.len() as u64;
                self.result.matched += n.saturating_sub(upserted.len() as u64);
                self.result.modified += count("nModified");
            }
        }
        for entry in upserted.iter().filter_map(Bson::as_document) {
            let id = entry.get("_id").cloned().unwrap_or(Bson::Null);
            self.result.upserted_ids.push((position(group, index_of(entry)), id));
        }
        let failures = reply.get_array("writeErrors").into_iter().flatten().filter_map(Bson::as_document);
        self.failures.extend(failures.map(WriteFailure::of_reply).map(|failure| {
            let index = position(group, failure.index);
            failure.at(index)
        }));
        let concern = reply.get_document("writeConcernError").ok();
        self.concerns.extend(concern.map(WriteConcernFailure::of_reply));
    }

    /// The result, or the one error of the bulk write.
    pub(super) fn finish<I: DecodeOwned>(
        mut self,
        statements: &[Statement],
        stopped: Option<Error>,
    ) -> Result<BulkWriteResult<I>> {
        self.inserted.sort_unstable();
        self.result.inserted = self.inserted.len() as u64;
        self.result.upserted_ids.sort_unstable_by_key(|(index, _)| *index);
        if stopped.is_none() && self.failures.is_empty() && self.concerns.is_empty() {
            let mut result = self.result.try_map(|id| crate::codec::decode_bson(&id))?;
            result.inserted_ids = ids(&self.inserted, statements)?;
            return Ok(result);
        }
        self.result.inserted_ids = ids(&self.inserted, statements)?;
        self.failures.sort_by_key(|failure| failure.index);
        for failure in &mut self.failures {
            failure.operation = statements.get(failure.index).map(Statement::describe);
        }
        let failure = BulkFailure {
            operations: statements.len(),
            failures: self.failures,
            concerns: self.concerns,
            partial: Some(self.result),
        };
        Err(Error::bulk_write(failure, stopped))
    }
}

/// The position among all writes of the statement at `index` of a command.
fn position(group: &Group, index: usize) -> usize {
    group.members.get(index).copied().unwrap_or_default()
}

fn index_of(entry: &Document) -> usize {
    entry.get("index").and_then(number).and_then(|index| usize::try_from(index).ok()).unwrap_or_default()
}

/// Counts come as any of BSON's numbers.
fn number(value: &Bson) -> Option<u64> {
    match value {
        Bson::Int32(number) => u64::try_from(*number).ok(),
        Bson::Int64(number) => u64::try_from(*number).ok(),
        Bson::Double(number) => Some(*number as u64),
        _ => None,
    }
}

/// The ids of inserted documents, read from what was sent.
fn ids<I: DecodeOwned>(inserted: &[usize], statements: &[Statement]) -> Result<Vec<(usize, I)>> {
    let mut ids = Vec::with_capacity(inserted.len());
    for index in inserted {
        let document = statements.get(*index).map(|statement| statement.bytes.as_bytes());
        if let Some(id) = document.map(stored_id).transpose()?.flatten() {
            ids.push((*index, id));
        }
    }
    Ok(ids)
}
