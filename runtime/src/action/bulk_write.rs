//! Many writes of different kinds in few messages.

mod across;
mod command;
mod group;
mod number;
mod one_command;
mod result;
mod send;
mod statement;
mod tally;
mod write;

pub use self::{across::BulkWriteAcross, result::BulkWriteResult, write::Write};
use self::{send::Bulk, statement::Statement};
use super::action;
use crate::{
    Collection, Session,
    error::{Error, Result},
    model::Record,
};

/// Carries out many writes; see [`Collection::bulk_write`].
///
/// Ordered (the default), they are carried out in their order, and the first one that fails ends it. With
/// `ordered(false)` every write is tried, in any order. Consecutive writes of one kind (unordered: all of a kind) share
/// a message, up to the server's limits: 100,000 writes; 48 MB of inserts, 16 MiB of updates or deletes.
///
/// Works on every server from 4.4 on. All writes are encoded before the first one is sent: when one cannot be
/// stored, nothing is. An empty list sends nothing.
///
/// When the connection fails, a message is sent once more and never carried out twice, as the driver does it for single
/// writes: inserts always, others where the message has no `update_many` or `delete_many`, and where the deployment is a
/// replica set or a sharded cluster. In a transaction nothing is sent again, and the first message with a
/// failure is the last one.
///
/// # Errors
///
/// One error for all: [`write_failures`](Error::write_failures) has position and operation of each write that failed,
/// [`write_concern_failures`](Error::write_concern_failures) what was written but not replicated in time (that ends
/// nothing), [`partial_result`](Error::partial_result) what was done in spite of the error.
/// [Encode](Error::is_encode) and [argument](Error::is_argument) errors name the position too; nothing was sent then.
#[must_use = "nothing is sent before the action is awaited"]
pub struct BulkWrite<'a, D> {
    collection: Collection<D>,
    bulk: Bulk,
    invalid: Option<Error>,
    session: Option<&'a mut Session>,
}

impl<'a, D: Record> BulkWrite<'a, D> {
    pub(crate) fn new(collection: &Collection<D>, writes: impl IntoIterator<Item = Write<D>>) -> Self {
        let collection = collection.clone();
        let empty = Self { collection, bulk: Bulk::default(), invalid: None, session: None };
        writes.into_iter().fold(empty, Self::and)
    }

    /// Adds a write.
    pub fn and(mut self, write: Write<D>) -> Self {
        self.bulk.add(0, write, &mut self.invalid);
        self
    }

    async fn run(mut self) -> Result<BulkWriteResult<D::Id>> {
        self.bulk.targets.push(self.collection.inner().clone());
        match self.invalid {
            Some(error) => Err(error),
            None => self.bulk.send(self.session).await,
        }
    }
}

action!(BulkWrite<D> where [D: Record] => BulkWriteResult<D::Id>);

macro_rules! bulk_setters {
    ($action:ident<'a $(, $generic:ident: $bound:ident)?>) => {
        impl<'a $(, $generic: $bound)?> $action<'a $(, $generic)?> {
            $crate::action::options::setters!(session);

            /// Whether to stop at the first write that fails (true, the default) or to try every one.
            pub fn ordered(mut self, ordered: bool) -> Self {
                self.bulk.options.ordered = Some(ordered);
                self
            }

            /// Skips the collection's validator. The user needs the right to do so.
            pub fn bypass_document_validation(mut self, bypass: bool) -> Self {
                self.bulk.options.bypass_document_validation = Some(bypass);
                self
            }

            /// A value that stands beside the operation in the server's logs, profile and `currentOp`.
            pub fn comment(mut self, comment: impl Into<mongodb::bson::Bson>) -> Self {
                self.bulk.options.comment = Some(comment.into());
                self
            }

            /// Variables for expressions in filters and pipeline updates (`$$name`). Needs server 5.0.
            pub fn let_vars(mut self, variables: mongodb::bson::Document) -> Self {
                self.bulk.options.let_vars = Some(variables);
                self
            }

            /// How many servers must have the writes before they count as done.
            pub fn write_concern(mut self, concern: mongodb::options::WriteConcern) -> Self {
                self.bulk.options.write_concern = Some(concern);
                self
            }
        }
    };
}

use bulk_setters;

bulk_setters!(BulkWrite<'a, D: Record>);

impl Bulk {
    /// Encodes a write; the first error is kept, and ends the encoding.
    fn add<D: Record>(&mut self, target: usize, write: Write<D>, invalid: &mut Option<Error>) {
        if invalid.is_some() {
            return;
        }
        let checked = write.into_statement(target);
        match checked.and_then(|statement: Statement| statement.check_size().map(|()| statement)) {
            Ok(statement) => self.statements.push(statement),
            Err(error) => *invalid = Some(error.of_operation(self.statements.len())),
        }
    }
}
