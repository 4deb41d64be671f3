//! Sending the groups of a bulk write, one after the other.

use mongodb::{
    ClientSession,
    bson::{Document, RawDocumentBuf},
    error::{Error as DriverError, ErrorKind as DriverKind},
    options::{Acknowledgment, InsertManyOptions, WriteConcern},
};

use super::{
    BulkWriteResult,
    command::{BulkOptions, Command},
    group::{Group, groups},
    number::{Number, reserve},
    statement::{Kind, Statement},
    tally::Tally,
};
use crate::{
    Session,
    codec::DecodeOwned,
    error::{Error, Result},
};

/// The label of errors after which the same write may be sent again.
const RETRYABLE: &str = "RetryableWriteError";

/// A bulk write over one or several collections, encoded and ready to be sent.
#[derive(Debug, Default)]
pub(super) struct Bulk {
    pub(super) targets: Vec<mongodb::Collection<RawDocumentBuf>>,
    pub(super) statements: Vec<Statement>,
    pub(super) options: BulkOptions,
}

impl Bulk {
    pub(super) async fn send<I: DecodeOwned>(
        &self,
        session: Option<&mut Session>,
    ) -> Result<BulkWriteResult<I>> {
        let Self { targets, statements, options } = self;
        if statements.is_empty() {
            return Ok(BulkWriteResult::default());
        }
        self.check_answered()?;
        // What a command has beside its statements is the same for all but the names of the collections.
        let longest = targets.iter().map(|target| target.name().len()).max().unwrap_or_default();
        let around =
            self.command(Kind::Update, "", targets.iter().find_map(|it| it.write_concern()), None, &[]);
        let around = around.encode()?.as_bytes().len() + longest + 32;

        // The first failure ends a transaction: what is sent after it would only be told so.
        let ends_at_failure = options.ordered() || session.as_deref().is_some_and(Session::in_transaction);
        let mut sender = Sender { bulk: self, given: session, own: None, unnumbered: false };
        let mut tally = Tally::default();
        let mut stopped = None;
        // Unordered as well: side by side they take longer where the server's processors are the limit.
        for group in groups(statements, options.ordered(), around) {
            let sent = sender.send(&group).await;
            stopped = tally.add(&group, options.ordered(), sent).err();
            if stopped.is_some() || ends_at_failure && tally.has_failures() {
                break;
            }
        }
        tally.finish(statements, stopped)
    }

    /// Refuses writes that nobody answers.
    pub(super) fn check_answered(&self) -> Result<()> {
        let of = |target| self.options.write_concern.as_ref().or(mongodb::Collection::write_concern(target));
        let concerns = self.targets.iter().filter_map(of);
        match concerns.into_iter().any(|concern| concern.w == Some(Acknowledgment::Nodes(0))) {
            false => Ok(()),
            true => Err(Error::argument(
                "a bulk write needs the server's answer: set another write concern than w 0",
            )),
        }
    }

    fn command<'a>(
        &'a self,
        kind: Kind,
        collection: &'a str,
        write_concern: Option<&'a WriteConcern>,
        txn_number: Option<i64>,
        members: &'a [usize],
    ) -> Command<'a> {
        let Self { statements, options, .. } = self;
        let write_concern = options.write_concern.as_ref().or(write_concern);
        Command { kind, collection, options, write_concern, txn_number, statements, members }
    }
}

struct Sender<'b, 's> {
    bulk: &'b Bulk,
    given: Option<&'s mut Session>,
    /// For commands that may be sent again, where the caller gives no session.
    own: Option<ClientSession>,
    /// Whether the server refused a number: a standalone server does.
    unnumbered: bool,
}

/// What came of sending a group.
pub(super) enum Sent {
    Insert(Result<(), DriverError>),
    Reply(Result<Document>),
}

impl Sender<'_, '_> {
    async fn send(&mut self, group: &Group) -> Sent {
        match group.kind {
            Kind::Insert => Sent::Insert(self.insert(group).await),
            _ => Sent::Reply(self.command(group).await),
        }
    }

    /// By the driver's own action, which sends it again when the connection fails.
    async fn insert(&mut self, group: &Group) -> Result<(), DriverError> {
        let (Some(collection), options) = (self.bulk.targets.get(group.target), &self.bulk.options) else {
            return Ok(());
        };
        let statements = &self.bulk.statements;
        let documents = group.members.iter().filter_map(|index| Some(&statements.get(*index)?.bytes));
        let mut insert = InsertManyOptions::default();
        insert.ordered = Some(options.ordered());
        insert.bypass_document_validation = options.bypass_document_validation;
        insert.comment = options.comment.clone();
        insert.write_concern = options.write_concern.clone();
        let insert = collection.insert_many(documents).with_options(insert);
        match &mut self.given {
            Some(session) => {
                let result = insert.session(session.enter()).await;
                session.leave(result.as_ref().err());
                result.map(drop)
            }
            None => insert.await.map(drop),
        }
    }

    /// By a command of our own, as the driver has none for many updates or deletes on servers before 8.0.
    async fn command(&mut self, group: &Group) -> Result<Document> {
        if let Some(given) = &mut self.given {
            given.enter();
        }
        let result = self.send_command(group).await;
        if let Some(given) = &mut self.given {
            given.leave(result.as_ref().err().and_then(Error::as_driver));
        }
        result
    }

    async fn send_command(&mut self, group: &Group) -> Result<Document> {
        let Some(collection) = self.bulk.targets.get(group.target) else { return Ok(Document::new()) };
        let database = collection.client().database(&collection.namespace().db);
        if self.given.is_none() && self.own.is_none() {
            self.own = Some(collection.client().start_session().causal_consistency(false).await?);
        }
        let session = match (&mut self.given, &mut self.own) {
            (Some(given), _) => given.inner_mut(),
            (None, Some(own)) => own,
            (None, None) => return Err(Error::argument("a bulk write needs a session")),
        };
        let (concern, txn_number) = match reserve(session).await {
            // The transaction has its own.
            Number::InTransaction => (None, None),
            Number::Free(number) if !group.many && !self.unnumbered => {
                (collection.write_concern(), Some(number))
            }
            _ => (collection.write_concern(), None),
        };
        let name = collection.name();
        let command = self.bulk.command(group.kind, name, concern, txn_number, &group.members).encode()?;
        let first = database.run_raw_command(command.clone()).session(&mut *session).await;
        if txn_number.is_some() && is_refused_number(&first) {
            self.unnumbered = true;
            return Box::pin(self.send_command(group)).await;
        }
        if txn_number.is_none() || !may_send_again(&first) {
            return Ok(first?);
        }
        let second = database.run_raw_command(command).session(&mut *session).await;
        match (first, second) {
            // Nothing is known of the second one but that there is no server now: the first error says more.
            (Err(first), Err(second)) if is_selection(&second) => Err(first.into()),
            (_, second) => Ok(second?),
        }
    }
}

/// Whether the server may not have carried out a command, and would tell by its number if it had.
fn may_send_again(outcome: &Result<Document, DriverError>) -> bool {
    match outcome {
        Ok(reply) => reply
            .get_array("errorLabels")
            .is_ok_and(|labels| labels.iter().any(|label| label.as_str() == Some(RETRYABLE))),
        Err(error) => {
            error.contains_label(RETRYABLE)
                || matches!(error.kind.as_ref(), DriverKind::Io(_) | DriverKind::ConnectionPoolCleared { .. })
        }
    }
}

/// The server's code is `IllegalOperation`.
fn is_refused_number(outcome: &Result<Document, DriverError>) -> bool {
    matches!(outcome, Err(error) if matches!(error.kind.as_ref(), DriverKind::Command(refusal) if refusal.code == 20))
}

fn is_selection(error: &DriverError) -> bool {
    matches!(error.kind.as_ref(), DriverKind::ServerSelection { .. })
}
