//! Errors of the official driver, sorted into kinds.

use mongodb::error::{
    CommandError, Error as DriverError, ErrorKind as DriverKind, WriteConcernError, WriteError,
    WriteFailure as DriverWriteFailure,
};

use super::{DuplicateKey, Error, ErrorKind, Kind, WriteFailure, duplicate_key, selection};

/// Codes of the server's time limits: `MaxTimeMSExpired`, `NetworkTimeout`, `NetworkInterfaceExceededTimeLimit`,
/// `ExceededTimeLimit`.
const TIMEOUTS: [i32; 4] = [50, 89, 202, 262];

impl From<DriverError> for Error {
    fn from(error: DriverError) -> Self {
        let kind = match error.kind.as_ref() {
            DriverKind::Command(command) => of_command(command),
            DriverKind::Write(DriverWriteFailure::WriteError(failure)) => of_write(failure),
            DriverKind::Write(DriverWriteFailure::WriteConcernError(failure)) => of_write_concern(failure),
            DriverKind::InsertMany(many) => {
                let failures: Vec<_> =
                    many.write_errors.iter().flatten().map(WriteFailure::of_indexed).collect();
                match (&failures.first(), &many.write_concern_error) {
                    (None, Some(concern)) => of_write_concern(concern),
                    _ => Kind::Write(summary(&failures), failures),
                }
            }
            kind => Kind::Driver(sort(kind), text(kind, &error)),
        };
        Self::with_source(kind, error)
    }
}

fn of_command(command: &CommandError) -> Kind {
    let CommandError { code, code_name, message, .. } = command;
    match *code {
        duplicate_key::CODE => Kind::DuplicateKey(DuplicateKey::parse(message)),
        18 => {
            Kind::Driver(ErrorKind::Authentication, format!("the server refused the credentials: {message}"))
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
    Kind::Write(
        format!("the server refused the write (code {}): {}", failure.code, failure.message),
        vec![failure],
    )
}

fn of_write_concern(failure: &WriteConcernError) -> Kind {
    let WriteConcernError { code, message, .. } = failure;
    let text = format!(
        "the write was carried out, but the write concern was not met (code {code}): {message}; \
         read the data before you write again"
    );
    Kind::Driver(ErrorKind::Write, text)
}

fn summary(failures: &[WriteFailure]) -> String {
    let Some(first) = failures.first() else {
        return "the write failed and the server gave no reason".to_owned();
    };
    let WriteFailure { index, code, message, .. } = first;
    match failures.len() {
        1 => format!("the server refused document {index}: {first}"),
        n => format!(
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
        DriverKind::Transaction { .. } | DriverKind::SessionsNotSupported => ErrorKind::Session,
        _ => ErrorKind::Other,
    }
}

fn text(kind: &DriverKind, error: &DriverError) -> String {
    match kind {
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
        DriverKind::Shutdown => "this client was closed: make a new one".to_owned(),
        DriverKind::Transaction { message, .. } => message.clone(),
        _ => error.to_string(),
    }
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
