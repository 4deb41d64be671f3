//! Names that the server would refuse.

use crate::error::{Error, Result};

/// The longest name of a database, in bytes.
const LONGEST_DATABASE: usize = 63;
/// The longest name of a collection with its database, in bytes.
const LONGEST_NAMESPACE: usize = 255;
/// Not allowed in the name of a database, on any system.
const FORBIDDEN: [char; 7] = ['/', '\\', '.', ' ', '"', '$', '\0'];

/// Checks the name of a database.
pub(crate) fn database(name: &str) -> Result<()> {
    let refuse = |why: &str| {
        Err(Error::argument(format!("`{}` is no name for a database: {why}", name.escape_debug())))
    };
    // Users of certificates and of other services belong to it.
    if name == "$external" {
        return Ok(());
    }
    if name.is_empty() {
        return refuse("it is empty");
    }
    if name.len() > LONGEST_DATABASE {
        return refuse("it is longer than 63 bytes");
    }
    match name.find(FORBIDDEN) {
        Some(_) => refuse("leave out spaces, quotation marks and the characters / \\ . $"),
        None => Ok(()),
    }
}

/// Checks the name of a collection of a database.
pub(crate) fn collection(database: &str, name: &str) -> Result<()> {
    let refuse = |why: &str| {
        Err(Error::argument(format!("`{}` is no name for a collection: {why}", name.escape_debug())))
    };
    if name.is_empty() {
        return refuse("it is empty");
    }
    if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        return refuse("a dot stands between two other characters");
    }
    // Of the server itself: the oplog of an old master, and commands.
    if name.contains('$') && name != "oplog.$main" && !name.starts_with("$cmd") {
        return refuse("it must not have a `$`");
    }
    if name.contains('\0') {
        return refuse("it must not have a null character");
    }
    if database.len() + 1 + name.len() > LONGEST_NAMESPACE {
        return refuse("with the name of the database it is longer than 255 bytes");
    }
    Ok(())
}
