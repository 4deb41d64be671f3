//! Running any command.

use mongodb::{
    action::Action as _,
    bson::{Document, RawDocument, RawDocumentBuf},
    options::SelectionCriteria,
};

use super::awaitable;
use crate::{
    Database, Session,
    action::in_session,
    codec::{DecodeOwned, decode_raw, encode_to_raw},
    error::{EncodeError, Error, Result},
};

/// What can be sent as a command: a document, or one that is bytes already.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no command",
    label = "not a document",
    note = "write `doc! {{ \"ping\": 1 }}`, or give a `RawDocumentBuf`"
)]
pub trait IntoCommand {
    /// The command as bytes.
    ///
    /// # Errors
    ///
    /// When a value in it cannot be written.
    fn into_command(self) -> Result<RawDocumentBuf, EncodeError>;
}

impl IntoCommand for Document {
    fn into_command(self) -> Result<RawDocumentBuf, EncodeError> {
        encode_to_raw(&self)
    }
}

impl IntoCommand for RawDocumentBuf {
    fn into_command(self) -> Result<RawDocumentBuf, EncodeError> {
        Ok(self)
    }
}

impl IntoCommand for &RawDocument {
    fn into_command(self) -> Result<RawDocumentBuf, EncodeError> {
        Ok(self.to_owned())
    }
}

/// Runs a command and gives the server's reply; see [`Database::run_command`].
///
/// The command is sent as it is, to the primary unless [`selection_criteria`](Self::selection_criteria) says otherwise:
/// read concern, write concern and read preference of the database are not added. It is sent once, without the second
/// try that other operations have.
///
/// # Errors
///
/// [Command](Error::is_command) when the server refuses it, unless [`check`](Self::check) is off or the code is
/// [allowed](Self::allow_code). [Write](Error::is_write) when the reply to a write command has write errors or a write
/// concern error, which the server itself calls a success.
#[must_use = "nothing is sent before the action is awaited"]
pub struct RunCommand<'a> {
    database: Database,
    command: Result<RawDocumentBuf, EncodeError>,
    criteria: Option<SelectionCriteria>,
    check: bool,
    allowed: Vec<i32>,
    session: Option<&'a mut Session>,
}

impl<'a> RunCommand<'a> {
    pub(crate) fn new(database: &Database, command: impl IntoCommand) -> Self {
        Self {
            database: database.clone(),
            command: command.into_command(),
            criteria: None,
            check: true,
            allowed: Vec::new(),
            session: None,
        }
    }

    crate::action::options::setters!(session);

    /// Which server to run it on: a read preference, or a rule of your own.
    pub fn selection_criteria(mut self, criteria: impl Into<SelectionCriteria>) -> Self {
        self.criteria = Some(criteria.into());
        self
    }

    /// Whether a reply that tells of an error is an error here (true, the default), or is given as it is.
    pub fn check(mut self, check: bool) -> Self {
        self.check = check;
        self
    }

    /// Gives the reply as it is when it has this error code, such as 26 for a collection that is not there.
    pub fn allow_code(mut self, code: i32) -> Self {
        self.allowed.push(code);
        self
    }

    /// The reply as another type: a model or [`Embedded`](crate::Embedded) struct, or a `RawDocumentBuf`.
    ///
    /// # Errors
    ///
    /// As the whole action, and [decode](Error::is_decode) when the reply does not fit.
    pub async fn reply_as<T: DecodeOwned>(self) -> Result<T> {
        // The driver gives replies as documents only.
        Ok(decode_raw(&encode_to_raw(&self.run().await?)?)?)
    }

    async fn run(self) -> Result<Document> {
        let Self { database, command, criteria, check, allowed, session } = self;
        let action = database
            .inner()
            .run_raw_command(command?)
            .optional(criteria, |it, criteria| it.selection_criteria(criteria));
        let failed = match in_session!(session, action) {
            Ok(reply) => match Error::of_reply(&reply).filter(|_| check) {
                None => return Ok(reply),
                Some(error) => (error, reply),
            },
            Err(error) => match error.server_response().and_then(|it| Document::try_from(it.as_ref()).ok()) {
                None => return Err(error.into()),
                Some(reply) => (error.into(), reply),
            },
        };
        match failed {
            (error, reply) if !check || error.code().is_some_and(|code| allowed.contains(&code)) => {
                drop(error);
                Ok(reply)
            }
            (error, _) => Err(error),
        }
    }
}

awaitable!(RunCommand<'a> in [database] => Document);
