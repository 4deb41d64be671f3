//! Errors of the official driver, sorted into kinds.

use mongodb::{
    bson::RawDocumentBuf,
    error::{
        CommandError, Error as DriverError, ErrorKind as DriverKind, WriteConcernError, WriteError,
        WriteFailure as DriverWriteFailure,
    },
};

use super::{
    DuplicateKey, Error, ErrorKind, Kind, WriteFailure, closed::CLOSED, duplicate_key, selection, validation,
};
use crate::model::guarded;

/// Codes of the server's time limits: `MaxTimeMSExpired`, `NetworkTimeout`, `NetworkInterfaceExceededTimeLimit`,
/// `ExceededTimeLimit`.
const TIMEOUTS: [i32; 4] = [50, 89, 202, 262];

/// Code for a field that a command does not have.
const UNKNOWN_FIELD: i32 = 40415;

/// Code of the server's `ConversionFailure`.
const CONVERSION: i32 = 241;

/// The driver's text for a deployment that it knows to be without transactions.
const NO_TRANSACTIONS: &str = "Transactions are not supported by this deployment";

impl From<DriverError> for Error {
    fn from(error: DriverError) -> Self {
        let kind = match error.kind.as_ref() {
            DriverKind::Command(command) => of_command(command, error.server_response()),
            DriverKind::Write(DriverWriteFailure::WriteError(failure)) => of_write(failure),
            DriverKind::Write(DriverWriteFailure::WriteConcernError(failure)) => of_write_concern(failure),
            DriverKind::InsertMany(many) => {
                let failures: Vec<_> =
                    many.write_errors.iter().flatten().map(WriteFailure::of_indexed).collect();
                match (&failures.first(), &many.write_concern_error) {
                    (None, Some(concern)) => of_write_concern(concern),
                    _ => Kind::Write(summary(&failures), failures, None),
                }
            }
            kind => match unnumbered(&error) {
                Some(message) => {
                    Kind::Driver(ErrorKind::Command, format!("the server refused the command: {message}"))
                }
                None => Kind::Driver(sort(kind), text(kind, &error)),
            },
        };
        Self::with_source(kind, error)
    }
}

/// The text of an error that the server gave without a code, which the driver cannot read.
fn unnumbered(error: &DriverError) -> Option<&str> {
    match error.kind.as_ref() {
        DriverKind::InvalidResponse { .. } => error.server_response()?.get_str("errmsg").ok(),
        _ => None,
    }
}

fn of_command(command: &CommandError, reply: Option<&RawDocumentBuf>) -> Kind {
    let CommandError { code, code_name, message, .. } = command;
    match *code {
        duplicate_key::CODE => Kind::DuplicateKey(DuplicateKey::parse(message)),
        validation::CODE => {
            let details = reply.and_then(|reply| reply.get_document("errInfo").ok()?.try_into().ok());
            Kind::Validation(Box::new(WriteFailure::new(0, *code, message.clone(), details)))
        }
        18 => {
            Kind::Driver(ErrorKind::Authentication, format!("the server refused the credentials: {message}"))
        }
        20 if message.starts_with("Transaction numbers")
            || message.starts_with("This MongoDB deployment does not support retryable writes") =>
        {
            Kind::Driver(ErrorKind::Session, transaction(NO_TRANSACTIONS))
        }
        43 | 237 => Kind::Driver(
            ErrorKind::Command,
            format!(
                "the server has closed this cursor: it was idle for too long or was killed, so run the \
                 operation again (code {code}): {message}"
            ),
        ),
        136 => Kind::Driver(
            ErrorKind::Command,
            format!(
                "the documents that this tailable cursor was to read next are overwritten already: open it again and \
                 read faster, or make the capped collection larger (code {code}): {message}"
            ),
        ),
        UNKNOWN_FIELD => Kind::Driver(
            ErrorKind::Command,
            format!(
                "the server does not know an option of the command, so that it is perhaps older than the option (code {code}): \
                 {message}"
            ),
        ),
        280 => Kind::Driver(
            ErrorKind::Command,
            format!(
                "the server ended this change stream, and it cannot be resumed: a stage that removes or changes `_id` does \
                 that, as it is the place in the stream (code {code}): {message}"
            ),
        ),
        286 => Kind::Driver(
            ErrorKind::Command,
            format!(
                "the oplog does not reach back to the place of this change stream any more, so that events are lost: read \
                 the data again and watch from now on; a larger oplog keeps places for longer (code {code}): {message}"
            ),
        ),
        CONVERSION if guarded(message).is_some() => {
            let sentence = guarded(message).unwrap_or_default();
            Kind::Driver(ErrorKind::Command, format!("{sentence}; what was written before it stays"))
        }
        code if TIMEOUTS.contains(&code) => Kind::Driver(
            ErrorKind::Timeout,
            format!("the server's time limit ended the operation: {message}"),
        ),
        code => {
            let name = if code_name.is_empty() { String::new() } else { format!(" {code_name}") };
            Kind::Driver(
                ErrorKind::Command,
                format!("the server refused the command (code {code}{name}): {message}"),
            )
        }
    }
}

fn of_write(failure: &WriteError) -> Kind {
    if failure.code == duplicate_key::CODE {
        return Kind::DuplicateKey(DuplicateKey::parse(&failure.message));
    }
    let failure = WriteFailure::new(0, failure.code, failure.message.clone(), failure.details.clone());
    if failure.code == validation::CODE {
        return Kind::Validation(Box::new(failure));
    }
    let message = format!("the server refused the write (code {}): {}", failure.code, failure.message);
    Kind::Write(message, vec![failure], None)
}

fn of_write_concern(failure: &WriteConcernError) -> Kind {
    let WriteConcernError { code, message, .. } = failure;
    let text = format!(
        "the write was carried out, but the write concern was not met (code {code}): {message}; \
         read the data before you write again"
    );
    Kind::Write(text, Vec::new(), None)
}

fn summary(failures: &[WriteFailure]) -> String {
    let Some(first) = failures.first() else {
        return "the write failed and the server gave no reason".to_owned();
    };
    let WriteFailure { index, code, message, .. } = first;
    match (failures.len(), &first.validation) {
        (1, _) => format!("the server refused document {index}: {first}"),
        (n, Some(why)) => format!("the server refused {n} documents, the first is document {index}: {why}"),
        (n, None) => format!(
            "the server refused {n} documents, the first is document {index} (code {code}): {message}"
        ),
    }
}

fn sort(kind: &DriverKind) -> ErrorKind {
    match kind {
        DriverKind::InvalidArgument { .. } | DriverKind::InvalidTlsConfig { .. } => ErrorKind::Argument,
        DriverKind::Authentication { .. } => ErrorKind::Authentication,
        DriverKind::Io(_) | DriverKind::ConnectionPoolCleared { .. } | DriverKind::DnsResolve { .. } => {
            ErrorKind::Network
        }
        DriverKind::ServerSelection { .. } => ErrorKind::ServerSelection,
        DriverKind::Shutdown => ErrorKind::Closed,
        DriverKind::Transaction { .. } | DriverKind::SessionsNotSupported => ErrorKind::Session,
        _ => ErrorKind::Other,
    }
}

fn text(kind: &DriverKind, error: &DriverError) -> String {
    match kind {
        DriverKind::InvalidArgument { message, .. } if message.starts_with("Unacknowledged write concerns") => {
            "a write that is not acknowledged (w: 0) is refused, as its errors would be lost: use w: 1, and spawn the \
             operation if nothing is to wait for it"
                .to_owned()
        }
        DriverKind::InvalidArgument { message, .. } => message.clone(),
        DriverKind::Authentication { message, .. } => {
            format!("authentication failed, check the user, the password and authSource: {message}")
        }
        DriverKind::Io(cause) => format!("the connection to the server failed: {cause}"),
        DriverKind::ConnectionPoolCleared { message, .. } => {
            format!("the connection was closed because another operation on this server failed: {message}")
        }
        DriverKind::DnsResolve { message, .. } => {
            format!("the host name of the connection string could not be resolved: {message}")
        }
        DriverKind::ServerSelection { message, .. } => selection::sentence(message),
        DriverKind::SessionsNotSupported => {
            "this server has no sessions: transactions need a replica set or a sharded cluster".to_owned()
        }
        DriverKind::Shutdown => CLOSED.to_owned(),
        DriverKind::Transaction { message, .. } => transaction(message),
        _ => error.to_string(),
    }
}

/// What the driver says of transactions, with what to do.
fn transaction(message: &str) -> String {
    let advice = match message {
        NO_TRANSACTIONS => {
            "this server has no transactions: they need a replica set or a sharded cluster, of which one server is enough \
             (`mongod --replSet rs0`, then `rs.initiate()`)"
        }
        "Transactions are not supported in snapshot sessions" => {
            "a snapshot session only reads: start another session for transactions"
        }
        "transaction already in progress" => {
            "this session has a transaction open: commit or abort it before another one is started"
        }
        "no transaction started" => "this session has no open transaction: start one first",
        "read preference in a transaction must be primary" => {
            "a transaction runs on the primary: leave its read preference away, and that of the client"
        }
        "transactions do not support unacknowledged write concerns" => {
            "a transaction is always acknowledged: its write concern cannot be w: 0"
        }
        other => other,
    };
    advice.to_owned()
}

/// The server's code in a driver error.
pub(super) fn code(error: &DriverError) -> Option<i32> {
    match error.kind.as_ref() {
        DriverKind::Command(command) => Some(command.code),
        DriverKind::Write(DriverWriteFailure::WriteError(failure)) => Some(failure.code),
        DriverKind::Write(DriverWriteFailure::WriteConcernError(failure)) => Some(failure.code),
        DriverKind::InsertMany(many) => {
            let first = many.write_errors.iter().flatten().next().map(|failure| failure.code);
            first.or(many.write_concern_error.as_ref().map(|failure| failure.code))
        }
        _ => None,
    }
}

/// The name of the server's code in a driver error.
pub(super) fn code_name(error: &DriverError) -> Option<&str> {
    match error.kind.as_ref() {
        DriverKind::Command(command) => Some(command.code_name.as_str()).filter(|name| !name.is_empty()),
        DriverKind::Write(DriverWriteFailure::WriteError(failure)) => failure.code_name.as_deref(),
        DriverKind::Write(DriverWriteFailure::WriteConcernError(failure)) => Some(failure.code_name.as_str()),
        _ => None,
    }
}
