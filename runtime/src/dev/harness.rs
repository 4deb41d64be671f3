//! Runs one test with a database of its own.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    panic::{self, AssertUnwindSafe},
    process,
    sync::atomic::{AtomicU32, Ordering},
    time::SystemTime,
};

use tokio::runtime::Builder;

use super::{SharedServer, shared};
use crate::{Client, Database, Error, Result};

/// A longer name the server refuses.
const LONGEST_NAME: usize = 63;

/// What a test can return: `()`, or a `Result` whose error makes it fail.
pub trait TestOutcome {
    /// Whether the test failed.
    fn is_failure(&self) -> bool;
}

impl TestOutcome for () {
    fn is_failure(&self) -> bool {
        false
    }
}

impl<T, E: fmt::Debug> TestOutcome for Result<T, E> {
    fn is_failure(&self) -> bool {
        self.is_err()
    }
}

/// Runs `body` with a database of its own on the [`shared`] server. `#[odmium::test]` expands to this.
///
/// `path` is the name of the test; the database is named after it. The body runs on the thread of the caller, so that
/// what it prints belongs to the test, within a runtime that has two worker threads. The database is dropped when the
/// test succeeds. When it panics or returns an error, the database stays, and standard error says how to look at it;
/// a server that this process started then leaves its folder behind.
///
/// # Panics
///
/// When the body does, and when there is no server or runtime for it.
pub fn run_test<F, Fut, R>(path: &str, body: F) -> R
where
    F: FnOnce(Database) -> Fut,
    Fut: Future<Output = R>,
    R: TestOutcome,
{
    match run(path, false, body) {
        Ok(outcome) => outcome,
        Err(message) => panic!("{message}"),
    }
}

/// [`run_test`] for a test with `#[should_panic]`: it succeeds when the body panics. Without a server it does not
/// panic, so that the test fails.
///
/// # Panics
///
/// When the body does.
pub fn run_panicking_test<F, Fut>(path: &str, body: F)
where
    F: FnOnce(Database) -> Fut,
    Fut: Future<Output = ()>,
{
    if let Err(message) = run(path, true, body) {
        warn(&message);
    }
}

/// The outcome of the body, or why it could not be run.
fn run<F, Fut, R>(path: &str, panics: bool, body: F) -> Result<R, String>
where
    F: FnOnce(Database) -> Fut,
    Fut: Future<Output = R>,
    R: TestOutcome,
{
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| format!("the test {path} has no runtime: {error}"))?;
    let (server, database) = runtime.block_on(prepare(path)).map_err(|error| failure(path, &error))?;
    let given = database.clone();
    // Nothing that the body may have left half done is used after it.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(async { body(given).await })));
    let failed = match &outcome {
        Ok(outcome) => panics || outcome.is_failure(),
        Err(_) => !panics,
    };
    if failed {
        runtime.block_on(report(path, server, database.name()));
    } else if let Err(error) = runtime.block_on(database.drop().into_future()) {
        warn(&format!("odmium: the database `{}` of the test {path} is left: {error}", database.name()));
    }
    drop(database);
    // Tasks that the body left running must not hold the test up.
    runtime.shutdown_background();
    outcome.map_or_else(|panic| panic::resume_unwind(panic), Ok)
}

async fn prepare(path: &str) -> Result<(&'static SharedServer, Database)> {
    let server = shared().await?;
    let client = Client::connect(server.uri()).await?;
    Ok((server, client.database(&database_name(path))))
}

fn failure(path: &str, error: &Error) -> String {
    let mut message = format!("the test {path} has no server: {error}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message = format!("{message}\n  caused by: {error}");
        cause = error.source();
    }
    message
}

async fn report(path: &str, server: &SharedServer, database: &str) {
    let kept = match server.server() {
        // Its value may hold a password.
        None => format!("\n  mongosh \"$MONGODB_URI\" and then: use {database}"),
        Some(own) => match own.keep().await {
            Ok(commands) => format!(
                ", in {}. When this process has ended:\n  {} &\n  mongosh --port {} {database}",
                own.data_dir().display(),
                commands.join(" &\n  "),
                own.ports().first().copied().unwrap_or_default(),
            ),
            Err(error) => format!(" until this process ends: {error}"),
        },
    };
    warn(&format!("odmium: the test {path} failed; its database `{database}` is kept{kept}"));
}

#[expect(clippy::print_stderr, reason = "what a test prints goes to its output")]
fn warn(message: &str) {
    eprintln!("{message}");
}

/// At most 63 bytes of `a-z0-9_`: the end of the test's path, and what no other test has.
fn database_name(path: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    // Seeded by the system, so that processes on different machines differ as well.
    let unique = RandomState::new().hash_one((time, process::id(), count));
    let suffix = format!("_{unique:016x}");

    let mut name = String::new();
    for character in path.chars() {
        match character.to_ascii_lowercase() {
            character @ ('a'..='z' | '0'..='9') => name.push(character),
            _ if !name.is_empty() && !name.ends_with('_') => name.push('_'),
            _ => {}
        }
    }
    let start = name.len().saturating_sub(LONGEST_NAME - suffix.len());
    let name = name[start..].trim_matches('_');
    if name.is_empty() { format!("test{suffix}") } else { format!("{name}{suffix}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_plain_and_unique() {
        let long = format!("crate::{}::the_end", "module::".repeat(20));
        for path in ["shop::orders::r#Adds_One", &long, "::", "größe::größe", "a"] {
            let name = database_name(path);
            assert!(name.len() <= LONGEST_NAME, "{name}");
            assert!(name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{name}");
            assert!(!name.starts_with('_') && !name.contains("__"), "{name}");
            assert_ne!(name, database_name(path));
        }
        assert!(database_name("shop::orders::r#Adds_One").starts_with("shop_orders_r_adds_one_"));
        assert!(database_name(&long).contains("_the_end_"));
    }
}
