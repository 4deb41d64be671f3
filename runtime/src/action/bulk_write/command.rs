//! The command of a group of updates or deletes, put together from encoded statements.

use mongodb::{
    bson::{Bson, Document, RawDocumentBuf},
    options::WriteConcern,
};

use super::statement::{Kind, Statement, document_of};
use crate::{
    codec::{DocumentWriter, EncodeDocument, encode_with, into_raw},
    error::Result,
};

/// The options of a whole bulk write.
#[derive(Clone, Debug, Default)]
pub(super) struct BulkOptions {
    pub(super) ordered: Option<bool>,
    pub(super) bypass_document_validation: Option<bool>,
    pub(super) comment: Option<Bson>,
    pub(super) let_vars: Option<Document>,
    pub(super) write_concern: Option<WriteConcern>,
}

impl BulkOptions {
    pub(super) fn ordered(&self) -> bool {
        self.ordered != Some(false)
    }
}

/// An `update` or `delete` command.
pub(super) struct Command<'a> {
    pub(super) kind: Kind,
    pub(super) collection: &'a str,
    pub(super) options: &'a BulkOptions,
    pub(super) write_concern: Option<&'a WriteConcern>,
    /// The number by which the server knows a command that is sent again.
    pub(super) txn_number: Option<i64>,
    pub(super) statements: &'a [Statement],
    pub(super) members: &'a [usize],
}

impl Command<'_> {
    pub(super) fn encode(&self) -> Result<RawDocumentBuf> {
        let size: usize = self.chosen().map(|statement| statement.len() + 8).sum();
        Ok(into_raw(encode_with(self, Vec::with_capacity(size + 512))?)?)
    }

    fn chosen(&self) -> impl Iterator<Item = &Statement> {
        self.members.iter().filter_map(|index| self.statements.get(*index))
    }
}

impl EncodeDocument for Command<'_> {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field(self.kind.command(), self.collection);
        document.field("ordered", &self.options.ordered());
        if let Some(bypass) = self.options.bypass_document_validation.filter(|_| self.kind == Kind::Update) {
            document.field("bypassDocumentValidation", &bypass);
        }
        if let Some(comment) = &self.options.comment {
            document.field("comment", comment);
        }
        if let Some(variables) = &self.options.let_vars {
            document.field("let", variables);
        }
        // An empty one means the server's default, as none does.
        if let Some(concern) = self.write_concern.filter(|concern| **concern != WriteConcern::default()) {
            document_of("writeConcern", concern, document);
        }
        if let Some(number) = &self.txn_number {
            document.field("txnNumber", number);
        }
        document.slot(self.kind.list()).array(|array| {
            self.chosen().for_each(|statement| array.push(&statement.bytes));
        });
    }
}
