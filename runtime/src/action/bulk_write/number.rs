//! Numbers for commands that may be sent twice.
//!
//! A server carries out a write command with a `txnNumber` at most once for a session. The driver numbers the writes
//! that it retries itself, and commands of the caller's own get no number. A transaction that is opened and given up
//! before anything was sent moves the driver's counter by one without telling the server: the number is free then.

use mongodb::{ClientSession, error::ErrorKind};

/// What a command in a session can be sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// A transaction is open.
    InTransaction,
    /// The driver will not use this number.
    Free(i64),
    /// The deployment has no such numbers, or the number is not known: the command is sent once.
    None,
}

pub(super) async fn reserve(session: &mut ClientSession) -> Number {
    match session.start_transaction().await {
        Ok(()) => {}
        Err(error) => {
            let open = matches!(error.kind.as_ref(), ErrorKind::Transaction { message, .. } if message.contains("in progress"));
            return if open { Number::InTransaction } else { Number::None };
        }
    }
    if session.abort_transaction().await.is_err() {
        return Number::None;
    }
    current(session).map_or(Number::None, Number::Free)
}

/// The driver shows its counter nowhere else. Should the text change, commands are sent once, and a test fails.
fn current(session: &ClientSession) -> Option<i64> {
    let text = format!("{session:?}");
    let (_, rest) = text.split_once("ServerSession {")?;
    let (_, rest) = rest.split_once("txn_number: ")?;
    let digits = rest.split(|digit: char| !digit.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|number| *number > 0)
}
